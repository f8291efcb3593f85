package vn.bocau.track;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.dossier.CitizenLinks;

/**
 * Links to one dossier's page, which say nothing of it and which nobody else can make. They are good as long as the key
 * is, and until {@link Story#isOver some time after} the dossier has ended. One that was sent to a
 * telephone also names that and the day: for a while it shows the names of papers to supplement, and, if it was asked for,
 * that whoever has it has the telephone.
 */
@Component
class TrackLinks implements CitizenLinks {

    private static final int ID = 16;
    private static final int CODE = 16;
    private static final int DAY = 2;
    private static final int TELEPHONE = 2;
    /** Each letter of a message counts. */
    private static final int SHORT_CODE = 10;

    /** What the codes of those that were sent are made for. */
    private static final String ASKED_FOR = "sent";

    private static final String TO_READ = "read";

    private static final int DAYS_GOOD = 14;
    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);

    private final TrackKey key;
    private final TrackSettings settings;

    TrackLinks(TrackKey key, TrackSettings settings) {
        this.key = key;
        this.settings = settings;
    }

    /**
     * A link that was opened.
     *
     * @param telephone where it was sent to, as a code over that; null when it was not sent
     * @param day on which it was
     * @param askedFor whether whoever has it has the telephone; people pass on what they were told unasked
     */
    record Opened(UUID dossier, byte @Nullable [] telephone, LocalDate day, boolean askedFor) {}

    /** @return 43 characters that stand in a URL as they are */
    String of(UUID dossier) {
        byte[] id = bytes(dossier);
        return text(id, key.code("view", CODE, id));
    }

    @Override
    public String sentTo(UUID dossier, String telephone, LocalDate day) {
        return settings.base() + "/" + sent(dossier, telephone, day);
    }

    @Override
    public String toRead(UUID dossier, String telephone, LocalDate day) {
        return settings.base() + "/" + sent(TO_READ, dossier, telephone, day);
    }

    /** As long as one that shows the telephone, and never good for that. */
    @Override
    public String toLookAt(UUID dossier, String telephone) {
        return sentTo(dossier, telephone, BEGIN);
    }

    /** @return 40 characters that stand in a URL as they are */
    String sent(UUID dossier, String telephone, LocalDate day) {
        return sent(ASKED_FOR, dossier, telephone, day);
    }

    private String sent(String what, UUID dossier, String telephone, LocalDate day) {
        byte[] id = bytes(dossier);
        byte[] said = ByteBuffer.allocate(DAY + TELEPHONE)
                .putShort((short) ChronoUnit.DAYS.between(BEGIN, day))
                .put(telephone(id, telephone))
                .array();
        return text(id, said, key.code(what, SHORT_CODE, id, said));
    }

    /** @return empty when it is none of ours */
    Optional<Opened> read(String link) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(link);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // Of the last letter, not every bit counts: only what we have written ourselves is a link.
        if (!text(all).equals(link)) {
            return Optional.empty();
        }
        return switch (all.length) {
            case ID + CODE -> viewed(all);
            case ID + DAY + TELEPHONE + SHORT_CODE -> sent(all);
            default -> Optional.empty();
        };
    }

    private Optional<Opened> viewed(byte[] all) {
        byte[] id = Arrays.copyOf(all, ID);
        return MessageDigest.isEqual(key.code("view", CODE, id), Arrays.copyOfRange(all, ID, all.length))
                ? Optional.of(new Opened(id(id), null, LocalDate.MIN, false))
                : Optional.empty();
    }

    private Optional<Opened> sent(byte[] all) {
        byte[] id = Arrays.copyOf(all, ID);
        byte[] said = Arrays.copyOfRange(all, ID, ID + DAY + TELEPHONE);
        byte[] code = Arrays.copyOfRange(all, ID + DAY + TELEPHONE, all.length);
        boolean askedFor = MessageDigest.isEqual(key.code(ASKED_FOR, SHORT_CODE, id, said), code);
        return askedFor || MessageDigest.isEqual(key.code(TO_READ, SHORT_CODE, id, said), code)
                ? Optional.of(new Opened(
                        id(id),
                        Arrays.copyOfRange(said, DAY, said.length),
                        BEGIN.plusDays(Short.toUnsignedInt(ByteBuffer.wrap(said).getShort())),
                        askedFor))
                : Optional.empty();
    }

    /** Whoever has opened it has this telephone: it was asked for and sent there, and not long ago. */
    boolean shows(Opened opened, String telephone, LocalDate today) {
        return opened.askedFor() && names(opened, telephone, today);
    }

    /** Whoever has opened it may read what papers are called: it was sent to this telephone for that, and not long ago. */
    boolean names(Opened opened, String telephone, LocalDate today) {
        return opened.telephone() != null
                && MessageDigest.isEqual(opened.telephone(), telephone(bytes(opened.dossier()), telephone))
                && opened.day().isAfter(BEGIN)
                && !opened.day().plusDays(DAYS_GOOD).isBefore(today);
    }

    private byte[] telephone(byte[] id, String telephone) {
        return key.code("telephone", TELEPHONE, id, telephone.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
    }

    private static UUID id(byte[] id) {
        ByteBuffer halves = ByteBuffer.wrap(id);
        return new UUID(halves.getLong(), halves.getLong());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
