package vn.bocau.cashier;

import java.time.format.DateTimeFormatter;
import java.util.List;
import vn.bocau.fee.LedgerBook;

/** The ledger item by item, as a table. */
final class ItemTable {

    private static final List<String> HEADINGS = List.of(
            "Mã hồ sơ",
            "Bưu gửi",
            "Chặng",
            "Khoản",
            "Chủ khoản tiền",
            "Phải thu",
            "Đã nộp trực tuyến",
            "Đã thu",
            "Đã nộp chủ khoản tiền",
            "Chủ khoản tiền xác nhận",
            "Biến động cuối");

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm").withZone(CashierPages.VIETNAM);

    private ItemTable() {}

    static TableFile of(List<LedgerBook.Item> items, Names names) {
        return new TableFile(
                "So thu ho",
                HEADINGS,
                items.stream().map(item -> cells(item, names)).toList());
    }

    private static List<Object> cells(LedgerBook.Item item, Names names) {
        return List.of(
                TableFile.text(item.code()),
                TableFile.text(item.item()),
                TableFile.text(item.kind()),
                Names.money(item.money()),
                TableFile.text(names.owner(item.owner())),
                item.due(),
                item.paidOnline(),
                item.collected(),
                item.remitted(),
                item.received(),
                CLOCK.format(item.movedAt()));
    }
}
