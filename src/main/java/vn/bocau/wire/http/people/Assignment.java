package vn.bocau.wire.http.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.directory.Directory;

/**
 * What an account is for.
 *
 * @param role one of {@link #ROLES}
 * @param office code of the post office whose work it does; of the post alone
 * @param agency id of the agency whose work it does; of its clerks alone
 */
public record Assignment(
        String role, @Nullable String office, @Nullable String agency) {

    public static final List<String> ROLES = List.of(
            "POSTAL_WORKER", "POSTAL_SUPERVISOR", "AGENCY_CLERK", "OPERATOR", Administrators.ROLE, "DATA_OFFICER");

    /** What will not do, by its field. */
    List<Flaw> flaws(Directory directory) {
        List<Flaw> flaws = new ArrayList<>();
        if (!ROLES.contains(role)) {
            flaws.add(new Flaw("/role", new Text("Phải là một trong " + ROLES + ".", "Must be one of " + ROLES + ".")));
            return flaws;
        }
        place(
                        role.startsWith("POSTAL_"),
                        office,
                        o -> directory.office(o).isPresent(),
                        new Text("mã một bưu cục có trong danh mục", "the code of a post office of the directory"))
                .ifPresent(wrong -> flaws.add(new Flaw("/office", wrong)));
        place(
                        role.equals("AGENCY_CLERK"),
                        agency,
                        a -> directory.agency(a).isPresent(),
                        new Text("mã một cơ quan có trong danh mục", "the id of an agency of the directory"))
                .ifPresent(wrong -> flaws.add(new Flaw("/agency", wrong)));
        return flaws;
    }

    private static Optional<Text> place(
            boolean needed, @Nullable String place, java.util.function.Predicate<String> known, Text right) {
        if (!needed) {
            return place == null
                    ? Optional.empty()
                    : Optional.of(
                            new Text("Vai trò này không có mục này; hãy bỏ đi.", "Not for this role; leave it out."));
        }
        return place != null && known.test(place)
                ? Optional.empty()
                : Optional.of(new Text("Phải là " + right.vi() + ".", "Must be " + right.en() + "."));
    }
}
