package vn.bocau.dossier.rules;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import vn.bocau.code.Text;

/**
 * Why a pickup or a delivery did not succeed: the 22 reasons of {@code reference/failure-reasons.csv}, each with the
 * actions it allows.
 */
public enum FailureReason {
    ABSENT,
    NO_CONTACT,
    APPOINTMENT,
    OWN_PICKUP,
    REFUSED,
    FEE_UNPAID,
    ID_MISMATCH,
    ID_NOT_SHOWN,
    ORIGINALS_NOT_SURRENDERED,
    ADDRESS_INCOMPLETE,
    ADDRESS_WRONG,
    ADDRESS_RENAMED,
    MOVED,
    UNKNOWN_PERSON,
    DECEASED,
    ACCESS_BLOCKED,
    OFFICE_CLOSED,
    NO_TIME,
    MISSENT,
    DAMAGED,
    LOST,
    OTHER;

    /** The note that explains OTHER has at least this many characters. */
    public static final int OTHER_NOTE_LENGTH = 10;

    private record Facts(
            Text text, Action defaultAction, Set<Action> allowedActions, boolean attempt, OwnerKind nextOwner) {}

    private static final Table TABLE = Table.read("failure-reasons.csv");
    private static final Map<FailureReason, Facts> FACTS = new EnumMap<>(FailureReason.class);

    static {
        for (FailureReason reason : values()) {
            FACTS.put(reason, read(reason.name()));
        }
    }

    private static Facts read(String code) {
        Set<Action> allowed = EnumSet.noneOf(Action.class);
        for (String action : TABLE.words(code, "allowed_actions")) {
            allowed.add(Action.valueOf(action));
        }
        return new Facts(
                TABLE.text(code),
                Action.valueOf(TABLE.cell(code, "default_action")),
                Collections.unmodifiableSet(allowed),
                TABLE.cell(code, "counts_as_attempt").equals("yes"),
                OwnerKind.valueOf(TABLE.cell(code, "next_owner")));
    }

    /** The reason of that name; empty when it is none of the 22. */
    public static Optional<FailureReason> of(String name) {
        return TABLE.codes().contains(name) ? Optional.of(valueOf(name)) : Optional.empty();
    }

    public Text text() {
        return facts().text;
    }

    /** What is done when the report names no action. */
    public Action defaultAction() {
        return facts().defaultAction;
    }

    /** The default among them. */
    public Set<Action> allowedActions() {
        return facts().allowedActions;
    }

    /** Whether it uses up one of the attempts the receiver is entitled to. */
    public boolean countsAsAttempt() {
        return facts().attempt;
    }

    /** Who has to move when the action itself does not say. */
    public OwnerKind nextOwner() {
        return facts().nextOwner;
    }

    private Facts facts() {
        return Objects.requireNonNull(FACTS.get(this));
    }
}
