package vn.bocau.directory;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Procedures with what they ask for, and what they cost by channel and day. */
final class ProcedureRows {

    private final Picture picture;

    ProcedureRows(Picture picture) {
        this.picture = picture;
    }

    void procedure(Row row) {
        var procedure = new Procedure(
                row.shaped("code", "\\d\\.\\d{6}(\\.[0-9.]+H\\d{2})?", "mã như 1.001193", "a code such as 1.001193"),
                row.text("name"),
                row.text("field"),
                level(row.shaped(
                        "level",
                        "[1-4]|MOT_PHAN|TOAN_TRINH",
                        "từ 1 đến 4, MOT_PHAN hoặc TOAN_TRINH",
                        "from 1 to 4, MOT_PHAN or TOAN_TRINH")),
                papers(row.optional("papers")),
                row.yes("pickup_by_post"),
                row.yes("result_by_post"),
                row.yes("identity_check"),
                row.count("originals_back"));
        Picture.checkNew(picture.procedures, procedure.code());
        picture.procedures.put(procedure.code(), procedure);
    }

    /** Since Decree 42/2022 law says một phần (partial) for 3 and toàn trình (full) for 4. */
    private static int level(String said) {
        return switch (said) {
            case "MOT_PHAN" -> 3;
            case "TOAN_TRINH" -> 4;
            default -> Integer.parseInt(said);
        };
    }

    void fee(Row row) {
        String procedure = row.text("procedure");
        if (!picture.procedures.containsKey(procedure)) {
            throw new Row.Wrong("Không có thủ tục " + procedure + ".", "There is no procedure " + procedure + ".");
        }
        var fee = new Picture.Fee(
                procedure,
                row.oneOf("channel", Channel.class),
                row.amount("amount"),
                row.day("valid_from"),
                row.optionalDay("valid_to"));
        Picture.addInTime(
                picture.fees,
                procedure,
                fee,
                Picture.Fee::from,
                Picture.Fee::to,
                known -> known.channel() == fee.channel());
    }

    /** {@code name|original or copy|count}, several joined by semicolons. */
    private static List<Procedure.Paper> papers(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split(";")).map(ProcedureRows::paper).toList();
    }

    private static Procedure.Paper paper(String text) {
        String[] parts = text.split("\\|");
        if (parts.length != 3 || !parts[1].matches("original|copy") || !parts[2].matches("\\d{1,3}")) {
            throw new Row.Wrong(
                    "papers phải dạng tên|original hoặc copy|số lượng.", "papers must be name|original or copy|count.");
        }
        return new Procedure.Paper(parts[0].strip(), parts[1].equals("original"), Integer.parseInt(parts[2]));
    }
}
