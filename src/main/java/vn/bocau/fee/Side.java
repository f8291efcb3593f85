package vn.bocau.fee;

import org.jspecify.annotations.Nullable;

/**
 * Who looks at the ledger, and so what of it: an agency its own fees, and no COD; a post office what is taken at its doors; nobody's,
 * an operator, all.
 *
 * @param agency its id
 * @param office its code
 */
public record Side(@Nullable String agency, @Nullable String office) {

    public static Side ofAgency(String id) {
        return new Side(id, null);
    }

    public static Side ofOffice(String code) {
        return new Side(null, code);
    }

    public static Side all() {
        return new Side(null, null);
    }

    /** Of a row {@code e} with owner and leg, of which there are few: asked of each, however many legs an office has had. */
    static final String SEES_EACH = """
            (cast(:agency as text) is null or e.owner = :agency)
            and (cast(:office as text) is null
                or exists (select from leg own where own.id = e.leg and :office in (own.from_office, own.to_office))
                or exists (select from ledger_entry took where took.debit = 'POST:' || :office and took.leg = e.leg))
            """;

    /** Of an entry {@code e}. */
    static final String SEES = """
            (cast(:agency as text) is null or e.owner = :agency)
            and (cast(:office as text) is null
                or e.leg in (select id from leg where from_office = :office or to_office = :office
                    union select leg from ledger_entry where debit = 'POST:' || :office))
            """;
}
