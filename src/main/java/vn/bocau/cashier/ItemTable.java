package vn.bocau.cashier;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import vn.bocau.fee.LedgerBook;

/** The ledger item by item, as a table. */
final class ItemTable {

    private static final List<String> HEADINGS = List.of(
            "Mã hồ sơ",
            "Bưu gửi",
            "Chặng",
            "Khoản",
            "Chủ khoản tiền",
            "Phải thu trong kỳ",
            "Nộp trực tuyến trong kỳ",
            "Thu trong kỳ",
            "Trả lại người dân trong kỳ",
            "Nộp chủ khoản tiền trong kỳ",
            "Chủ khoản tiền xác nhận trong kỳ",
            "Cuối kỳ còn phải thu",
            "Cuối kỳ đang giữ",
            "Cuối kỳ chờ xác nhận",
            "Cuối kỳ thiếu, không thu nữa",
            "Cuối kỳ thừa, chưa trả lại",
            "Biến động cuối",
            "Từ ngày",
            "Đến hết ngày");

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm").withZone(CashierPages.VIETNAM);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd/MM/yyyy").withZone(CashierPages.VIETNAM);

    private ItemTable() {}

    /** @param wanted of which time */
    static TableFile of(List<LedgerBook.Item> items, LedgerBook.Wanted wanted, Names names) {
        return new TableFile(
                "So thu ho",
                HEADINGS,
                items.stream().map(item -> cells(item, wanted, names)).toList());
    }

    private static List<Object> cells(LedgerBook.Item item, LedgerBook.Wanted wanted, Names names) {
        return List.of(
                item.code(),
                Objects.requireNonNullElse(item.item(), ""),
                item.kindInWords(),
                Names.money(item.money()),
                names.owner(item.owner()),
                item.due(),
                item.paidOnline(),
                item.collected(),
                item.refunded(),
                item.remitted(),
                item.received(),
                item.owed(),
                item.held(),
                item.sent(),
                item.missing(),
                item.tooMuch(),
                CLOCK.format(item.movedAt()),
                DAY.format(wanted.from()),
                DAY.format(wanted.until().minusNanos(1)));
    }
}
