package vn.bocau.dossier;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The money of one dossier as everything stands now, for who keeps accounts of it. Published with every change that may
 * concern it, in the transaction of that change and under the dossier's lock. Amounts in đồng.
 *
 * @param agency who decides: whose a fee is that was paid online
 * @param payment what was paid online; null when nothing was
 * @param said what outside carriers say they took; of what one said nothing about, nothing
 * @param legs in their order; what is not there is neither due nor taken
 */
public record DossierMoney(
        UUID dossier, String agency, @Nullable Paid payment, List<Part> legs, List<CarrierSaid> said) {

    /** Whose COD is that was taken where none was asked for: the citizen's again. */
    public static final String NOBODY = "NOBODY";

    /**
     * The fee, paid on a portal.
     *
     * @param portal its partner id
     * @param due by the directory for (procedure, channel, day filed); what was paid, where the directory does not say
     * @param said how much, as the portal says; null when it only said that it was paid
     */
    public record Paid(String portal, long due, @Nullable Long said) {

        /** All that was due, when the portal does not say otherwise. */
        public long amount() {
            return said == null ? due : said;
        }
    }

    /**
     * The fee, the postage or the COD of one leg.
     *
     * @param due at its door altogether; what was taken there, once nobody will come to it any more
     * @param whose the agency that gets the item, or sends it; of COD its payee, and {@link #NOBODY} where it has none
     * @param done nobody comes to the door any more for what is missing
     * @param handedOn to the agency, by whoever had it
     */
    public record Part(
            UUID leg, String whose, Money money, long due, boolean done, List<Taken> taken, List<HandedOn> handedOn) {}

    /**
     * @param handling with which it was taken
     * @param own by a worker of ours; else an outside carrier took what it had been told
     * @param holder code of the worker's post office, or the carrier's partner id
     */
    public record Taken(UUID handling, boolean own, String holder, long amount) {}

    /**
     * Of one leg, all kinds together, as they are named to outside carriers.
     *
     * @param money of which there was most to take
     * @param whose as in {@link Part}
     * @param all of which there was something to take, each once
     * @param carrier its partner id
     * @param told what it had been told to take
     */
    public record CarrierSaid(
            UUID leg, Money money, String whose, List<Whose> all, String carrier, long told, long said) {}

    /** @param whose as in {@link Part} */
    public record Whose(Money money, String whose) {}

    /**
     * @param handling with which it was handed on
     * @param office of the worker who did
     */
    public record HandedOn(UUID handling, String office, long amount) {}
}
