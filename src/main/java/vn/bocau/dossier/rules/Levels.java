package vn.bocau.dossier.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;

/**
 * What the four levels of online service allow to travel by post and to be collected at the door. Since Decree 42/2022
 * law says một phần (partial) for 3 and toàn trình (full) for 4; both vocabularies are understood.
 */
public final class Levels {

    /**
     * What the rules need to know of a procedure.
     *
     * @param asksForOriginals whether any original is asked for
     */
    public record Terms(int level, boolean pickupByPost, boolean resultByPost, boolean asksForOriginals) {}

    private final Terms procedure;
    private final int level;

    /** @param level the level the dossier was filed at */
    public Levels(Terms procedure, int level) {
        this.procedure = procedure;
        this.level = level;
    }

    /**
     * Reads a level in either vocabulary.
     *
     * @param said {@code 1} to {@code 4}, {@code MOT_PHAN} or {@code TOAN_TRINH}
     * @return 1 to 4, or 0 when it is none of them
     */
    public static int read(String said) {
        return switch (said) {
            case "1" -> 1;
            case "2" -> 2;
            case "3", "MOT_PHAN" -> 3;
            case "4", "TOAN_TRINH" -> 4;
            default -> 0;
        };
    }

    /** A dossier cannot be filed at a level its procedure does not reach. */
    public List<Flaw> claim() {
        if (level < 1) {
            return List.of(flaw(
                    "/dossier/level",
                    "Mức độ là 1, 2, 3, 4, MOT_PHAN hoặc TOAN_TRINH.",
                    "A level is 1, 2, 3, 4, MOT_PHAN or TOAN_TRINH."));
        }
        return level > procedure.level()
                ? List.of(flaw(
                        "/dossier/level",
                        "Thủ tục này chỉ cung cấp ở mức " + procedure.level() + ".",
                        "This procedure is offered at level " + procedure.level() + " only."))
                : List.of();
    }

    /**
     * Whether the papers may be fetched.
     *
     * @param originals for each paper to be fetched, whether it is an original
     */
    public List<Flaw> pickup(List<Boolean> originals) {
        if (level == 1) {
            return List.of(nothingFiled("/pickup"));
        }
        if (!procedure.pickupByPost()) {
            return List.of(flaw(
                    "/pickup",
                    "Thủ tục này không thu gom hồ sơ qua bưu chính.",
                    "The papers of this procedure are not fetched by post."));
        }
        if (level == 2) {
            return List.of();
        }
        if (!procedure.asksForOriginals()) {
            return List.of(flaw(
                    "/pickup",
                    "Hồ sơ đã nộp trực tuyến và thủ tục không yêu cầu bản gốc.",
                    "The dossier was filed online and the procedure asks for no originals."));
        }
        return copiesAmong(originals);
    }

    private static List<Flaw> copiesAmong(List<Boolean> originals) {
        List<Flaw> flaws = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            if (!originals.get(i)) {
                flaws.add(flaw(
                        "/pickup/papers/" + i + "/original",
                        "Hồ sơ đã nộp trực tuyến: chỉ thu gom bản gốc.",
                        "The dossier was filed online: only originals are fetched."));
            }
        }
        return flaws;
    }

    /** Whether the result may travel by post. */
    public List<Flaw> result() {
        if (level == 1) {
            return List.of(nothingFiled("/result"));
        }
        return level == 4 || procedure.resultByPost()
                ? List.of()
                : List.of(flaw(
                        "/result",
                        "Thủ tục này không trả kết quả qua bưu chính.",
                        "The result of this procedure does not travel by post."));
    }

    /**
     * Whether a fee may be collected at the door.
     *
     * @param field where the amount was said
     * @param collect the amount asked for, in đồng; null when nobody asked
     */
    public List<Flaw> fee(String field, @Nullable Long collect, boolean paidOnline) {
        if (collect == null || collect == 0) {
            return List.of();
        }
        if (collect < 0) {
            return List.of(flaw(field, "Số tiền không được âm.", "The amount cannot be negative."));
        }
        if (level == 1) {
            return List.of(flaw(field, "Mức 1 không có phí.", "There is no fee at level 1."));
        }
        return paidOnline
                ? List.of(flaw(
                        field,
                        "Phí đã nộp trực tuyến, không được thu lại khi giao nhận.",
                        "The fee was paid online and must not be collected again at the door."))
                : List.of();
    }

    private static Flaw nothingFiled(String field) {
        return flaw(
                field,
                "Mức 1 chỉ cung cấp thông tin: chưa có hồ sơ để chuyển.",
                "Level 1 is information only: nothing is filed, so nothing travels.");
    }

    private static Flaw flaw(String field, String vi, String en) {
        return new Flaw(field, new Text(vi, en));
    }
}
