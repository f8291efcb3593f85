package vn.bocau.cashier;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import vn.bocau.fee.Remittance;

/** A slip line by line, as a table: each line says of which slip it is, so that those of many days can be put together. */
final class SlipTable {

    private static final List<String> HEADINGS = List.of(
            "Số bảng kê",
            "Ngày lập",
            "Bên nộp",
            "Bên nhận",
            "Khoản",
            "Số dòng",
            "Mã hồ sơ",
            "Bưu gửi",
            "Số tiền",
            "Bên nhận xác nhận",
            "Số chứng từ",
            "Tình trạng");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd/MM/yyyy").withZone(CashierPages.VIETNAM);

    private SlipTable() {}

    static TableFile of(Remittance slip, Names names) {
        return new TableFile(
                "Bang ke nop tien",
                HEADINGS,
                slip.lines().stream().map(line -> cells(slip, line, names)).toList());
    }

    private static List<Object> cells(Remittance slip, Remittance.Line line, Names names) {
        return List.of(
                slip.number(),
                DAY.format(slip.madeAt()),
                names.office(slip.from()),
                names.owner(slip.owner()),
                Names.money(slip.payees() ? "COD" : "FEE"),
                (long) line.no(),
                line.code(),
                Objects.requireNonNullElse(line.item(), ""),
                line.amount(),
                line.received() == null ? "" : line.received(),
                Objects.requireNonNullElse(slip.reference(), ""),
                slip.withdrawnAt() != null ? "Đã rút" : slip.acknowledgedAt() != null ? "Đã xác nhận" : "Chờ xác nhận");
    }
}
