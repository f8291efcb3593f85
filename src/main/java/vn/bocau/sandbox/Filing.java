package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Map;

/**
 * What a citizen fills in on the portal; it stays as it was typed when the form comes back with a problem.
 *
 * @param fee đồng to be collected at the first door, as typed; empty when there are none
 * @param cod đồng to be collected with the result for {@code payee}, likewise
 */
record Filing(
        String procedure,
        String name,
        String phone,
        String commune,
        String street,
        boolean pickup,
        boolean result,
        boolean paid,
        String fee,
        String cod,
        String payee) {

    static final Filing EMPTY =
            new Filing("1.012786", "Lê Thị Mẫu", "0900000001", "19333", "12 đường Mẫu", true, true, true, "", "", "");

    static Filing of(Map<String, String> form) {
        return new Filing(
                form.getOrDefault("procedure", ""),
                form.getOrDefault("name", ""),
                form.getOrDefault("phone", ""),
                form.getOrDefault("commune", ""),
                form.getOrDefault("street", ""),
                form.containsKey("pickup"),
                form.containsKey("result"),
                form.containsKey("paid"),
                form.getOrDefault("fee", ""),
                form.getOrDefault("cod", ""),
                form.getOrDefault("payee", ""));
    }

    /**
     * The field of the form that fills a place of the request.
     *
     * @param place JSON pointer into {@link #request}
     * @return empty when no field of the form does
     */
    static String field(String place) {
        if (place.matches("/(pickup|result)/(sender|receiver)/.*")) {
            String last = place.substring(place.lastIndexOf('/') + 1);
            return last.matches("name|phone|commune|street") ? last : "street";
        }
        if (place.matches("/(pickup|result)/collectFee")) {
            return "fee";
        }
        if (place.matches("/(pickup|result)/cod(/.*)?")) {
            return place.endsWith("/payee") ? "payee" : "cod";
        }
        if (place.matches("/(pickup|result)(/.*)?")) {
            return place.startsWith("/pickup") ? "pickup" : "result";
        }
        return switch (place) {
            case "/dossier/procedure", "/dossier/level" -> "procedure";
            case "/dossier/paidOnline" -> "paid";
            default -> "";
        };
    }

    /** In the words of the hub's portal API. */
    ObjectNode request(String code) {
        ObjectNode request = Json.object();
        ObjectNode dossier = request.putObject("dossier");
        dossier.putArray("codes").addObject().put("system", "dvcqg").put("code", code);
        dossier.put("procedure", procedure)
                .put("channel", "ONLINE")
                .put("filedOn", LocalDate.now(When.VIETNAM).toString())
                .put("agency", "000.00.12.H50")
                .put("paidOnline", paid);
        if (pickup) {
            ObjectNode pickup = request.putObject("pickup");
            pickup.set("sender", party());
            pickup.putArray("papers")
                    .addObject()
                    .put("name", "Giấy tờ gốc")
                    .put("original", true)
                    .put("count", 1);
        }
        if (result) {
            request.putObject("result").set("receiver", party());
        }
        if (pickup || result) {
            amount(request.withObject(pickup ? "/pickup" : "/result"), "collectFee", fee);
            // Without a result there is no door at which it could be taken: the hub's to refuse, too.
            if (!cod.isBlank() || !payee.isBlank()) {
                ObjectNode asked =
                        request.withObject(result ? "/result" : "/pickup").putObject("cod");
                amount(asked, "amount", cod);
                if (!payee.isBlank()) {
                    asked.put("payee", payee.strip());
                }
            }
        }
        return request;
    }

    /** What is no amount is the hub's to refuse. */
    private static void amount(ObjectNode in, String field, String typed) {
        String amount = typed.replaceAll("[.\\s]", "");
        if (amount.matches("\\d{1,18}")) {
            in.put(field, Long.parseLong(amount));
        } else if (!amount.isEmpty()) {
            in.put(field, typed);
        }
    }

    private ObjectNode party() {
        ObjectNode party = Json.object().put("name", name).put("phone", phone);
        party.putObject("address").put("commune", commune).put("street", street);
        return party;
    }
}
