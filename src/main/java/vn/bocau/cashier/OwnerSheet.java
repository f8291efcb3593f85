package vn.bocau.cashier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.bocau.fee.LedgerBook;

/** The items of one owner, on paper: what moved of each, and where it lies. */
record OwnerSheet(String owner, String money, List<LedgerBook.Item> items) {

    static List<OwnerSheet> of(List<LedgerBook.Item> items, Names names) {
        Map<String, OwnerSheet> sheets = new LinkedHashMap<>();
        for (LedgerBook.Item item : items) {
            sheets.computeIfAbsent(
                            item.owner(),
                            owner -> new OwnerSheet(names.owner(owner), Names.money(item.money()), new ArrayList<>()))
                    .items
                    .add(item);
        }
        return List.copyOf(sheets.values());
    }

    public long due() {
        return items.stream().mapToLong(LedgerBook.Item::due).sum();
    }

    public long paidOnline() {
        return items.stream().mapToLong(LedgerBook.Item::paidOnline).sum();
    }

    public long collected() {
        return items.stream().mapToLong(LedgerBook.Item::collected).sum();
    }

    public long refunded() {
        return items.stream().mapToLong(LedgerBook.Item::refunded).sum();
    }

    public long remitted() {
        return items.stream().mapToLong(LedgerBook.Item::remitted).sum();
    }

    public long received() {
        return items.stream().mapToLong(LedgerBook.Item::received).sum();
    }

    public long owed() {
        return items.stream().mapToLong(LedgerBook.Item::owed).sum();
    }

    public long held() {
        return items.stream().mapToLong(LedgerBook.Item::held).sum();
    }

    public long sent() {
        return items.stream().mapToLong(LedgerBook.Item::sent).sum();
    }

    public long missing() {
        return items.stream().mapToLong(LedgerBook.Item::missing).sum();
    }

    public long tooMuch() {
        return items.stream().mapToLong(LedgerBook.Item::tooMuch).sum();
    }
}
