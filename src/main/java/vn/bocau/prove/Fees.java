package vn.bocau.prove;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of each fee is due, paid, collected and handed over, item by item: counted from what was said at the doors when it was
 * accepted, and held against the ledger that the hub gives away. Amounts in đồng.
 */
final class Fees {

    /** Item of what was paid online: there is none. */
    static final String ONLINE = "";

    /** A row of the hub's ledger, once everything has come to its end. */
    record Amounts(
            long due,
            long paidOnline,
            long collected,
            long refunded,
            long remitted,
            long received,
            long owed,
            long held,
            long sent,
            long missing,
            long tooMuch) {

        /** Of what nobody paid anything for, there is no row. */
        static final Amounts NONE = new Amounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** One item's, as far as it was said. */
    private record Said(long due, long paidOnline, long collected, long remitted) {

        static final Said NOTHING = new Said(0, 0, 0, 0);

        Said and(Said more) {
            return new Said(
                    due + more.due, paidOnline + more.paidOnline, collected + more.collected, remitted + more.remitted);
        }

        /** Nobody gives back, counts or settles anything here, and nobody is asked again: the rest follows. */
        Amounts atTheEnd() {
            long given = paidOnline + collected;
            return new Amounts(
                    due, paidOnline, collected, 0, remitted, 0, 0, given - remitted, remitted, due - given, 0);
        }
    }

    /** By dossier and item. */
    private final Map<String, Said> said = new TreeMap<>();

    private long voided;

    private synchronized void say(String dossier, String item, Said more) {
        said.merge(name(dossier, item), more, Said::and);
    }

    void due(String dossier, String item, long amount) {
        say(dossier, item, new Said(amount, 0, 0, 0));
    }

    /** On the portal: it is due there and nowhere else. */
    void paidOnline(String dossier, long amount) {
        say(dossier, ONLINE, new Said(amount, amount, 0, 0));
    }

    /** By a handling that stands. */
    void told(String dossier, String item, long collected, long remitted) {
        say(dossier, item, new Said(0, 0, collected, remitted));
    }

    /** A handling that told this does not stand any more. */
    synchronized void voided(String dossier, String item, long collected) {
        voided++;
        told(dossier, item, -collected, 0);
    }

    /** How many rows the ledger has to have. */
    synchronized long compared() {
        return said.values().stream().filter(one -> !one.equals(Said.NOTHING)).count();
    }

    /** Of {@link #compared}, those of which something was taken at a door. */
    synchronized long collected() {
        return said.values().stream().filter(one -> one.collected > 0).count();
    }

    synchronized long paidOnline() {
        return said.values().stream().filter(one -> one.paidOnline > 0).count();
    }

    synchronized long voided() {
        return voided;
    }

    /**
     * Each in a line; empty when there is none.
     *
     * @param rows of the hub's ledger
     */
    synchronized List<String> differences(List<Cashier.Row> rows) {
        List<String> differences = new ArrayList<>();
        Map<String, Amounts> exported = new HashMap<>();
        for (Cashier.Row row : rows) {
            String name = name(row.dossier(), row.item());
            if (!row.money().equals(Cashier.FEE)) {
                differences.add(name + ": nobody asked for any " + row.money() + ", the hub says " + row.amounts());
            } else if (exported.put(name, row.amounts()) != null) {
                differences.add(name + ": more than one row");
            }
        }
        var names = new TreeSet<>(said.keySet());
        names.addAll(exported.keySet());
        for (String name : names) {
            Amounts counted = said.getOrDefault(name, Said.NOTHING).atTheEnd();
            Amounts told = exported.getOrDefault(name, Amounts.NONE);
            if (!counted.equals(told)) {
                differences.add(name + ": counted outside " + counted + ", the hub says " + told);
            }
        }
        return differences;
    }

    private static String name(String dossier, String item) {
        return item.equals(ONLINE) ? dossier + " online" : dossier + " " + item;
    }
}
