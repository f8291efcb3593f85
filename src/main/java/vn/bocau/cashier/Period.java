package vn.bocau.cashier;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import vn.bocau.code.Refused;
import vn.bocau.fee.LedgerBook;
import vn.bocau.fee.LedgerBook.State;
import vn.bocau.wire.http.Parameters;

/**
 * Which part of the ledger a page shows, as its address says.
 *
 * @param from first day; the first of this month when it does not say
 * @param until last day; today when it does not say
 * @param search part of a dossier's code or of an item's number; no other word, for it stands in the address
 * @param page from 1
 */
record Period(
        @Nullable String from,
        @Nullable String until,
        @Nullable String state,
        @Nullable String money,
        @Nullable String search,
        @Nullable Integer page) {

    static final List<String> MONEY = List.of("FEE", "POSTAGE", "COD");
    static final int SIZE = 100;
    private static final int FARTHEST = 10_000;

    /** @throws Refused MALFORMED {@code parameter} */
    LedgerBook.Wanted wanted(int skip, int size) {
        LocalDate today = LocalDate.now(CashierPages.VIETNAM);
        LocalDate first = day("from", from, today.withDayOfMonth(1));
        LocalDate last = day("until", until, today);
        if (last.isBefore(first)) {
            throw wrong("until", "Ngày cuối phải sau ngày đầu.", "The last day comes after the first.");
        }
        Parameters.printable("search", search);
        return new LedgerBook.Wanted(
                start(first),
                start(last.plusDays(1)),
                wantedState(),
                wantedMoney(),
                search == null || search.isBlank() ? null : search.strip(),
                skip,
                size);
    }

    int number() {
        int number = page == null ? 1 : page;
        Parameters.between("page", number, 1, FARTHEST);
        return number;
    }

    void show(Model model, LedgerBook.Wanted wanted, long total) {
        model.addAttribute("from", day(wanted.from()));
        model.addAttribute("until", day(wanted.until()).minusDays(1));
        model.addAttribute("state", wanted.state().name());
        model.addAttribute("money", wanted.money());
        model.addAttribute("search", wanted.search());
        model.addAttribute("page", number());
        model.addAttribute("pages", Math.max(1, (total + SIZE - 1) / SIZE));
    }

    private State wantedState() {
        if (state == null || state.isEmpty()) {
            return State.ALL;
        }
        try {
            return State.valueOf(state);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "state",
                    "Phải là ALL, OWED, HELD, SENT, MISSING hoặc TOO_MUCH.",
                    "Must be ALL, OWED, HELD, SENT, MISSING or TOO_MUCH.");
        }
    }

    private @Nullable String wantedMoney() {
        if (money == null || money.isEmpty()) {
            return null;
        }
        if (!MONEY.contains(money)) {
            throw wrong("money", "Phải là FEE, POSTAGE hoặc COD.", "Must be FEE, POSTAGE or COD.");
        }
        return money;
    }

    private static LocalDate day(String name, @Nullable String text, LocalDate otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() < 2000 || day.getYear() > 2999) {
                throw wrong(name, "Năm không hợp lý.", "The year cannot be.");
            }
            return day;
        } catch (DateTimeParseException e) {
            throw wrong(name, "Phải là ngày dạng 2026-11-28.", "Must be a day such as 2026-11-28.");
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(CashierPages.VIETNAM).toInstant();
    }

    private static LocalDate day(Instant at) {
        return at.atZone(CashierPages.VIETNAM).toLocalDate();
    }

    private static Refused wrong(String field, String vi, String en) {
        return new Refused(Refused.Ground.MALFORMED, "parameter", field, vi, en);
    }
}
