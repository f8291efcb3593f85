package vn.bocau.sandbox;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What can be done with a partner from outside, as lines to copy into a terminal. */
@Component
class Controls {

    /** @param command for a shell; runs as it is */
    record Control(String what, String command) {}

    private static final String PROVINCIAL = "000.00.12.H50";
    private static final String TUYEN_HOA = "18997";
    private static final String TUYEN_PHU = "18985";
    private static final String TUYEN_BINH = "18991";
    private static final String WARD = "000.01.12.H50";

    private final MessageSource texts;

    Controls(MessageSource texts) {
        this.texts = texts;
    }

    /** @param sandbox where the sandbox is reached, without a slash at the end */
    List<Control> of(Twin twin, String sandbox, Locale locale) {
        String api = sandbox + "/api/" + twin.id;
        String code = PROVINCIAL + "-261127-" + twin.name();
        Control own = switch (twin) {
            case DVCQG, OPENCPS, WEBHOOK ->
                control("file", locale, post(api + "/dossiers", filed(code, PROVINCIAL, twin.id)));
            case CENTRE ->
                control(
                        "act",
                        locale,
                        post(
                                api + "/acts",
                                "{\"operation\": \"confirmReceipt\", \"content\": \"<dossier>" + PROVINCIAL
                                        + "-261127-DVCQG</dossier><appointment>"
                                        + LocalDate.now(When.VIETNAM).plusDays(3) + "</appointment>\"}"));
            case DONG_HA ->
                control(
                        "ward",
                        locale,
                        post(sandbox + "/api/dvcqg/dossiers", filed(WARD + "-261127-WARD", WARD, "dvcqg")));
            case EMC, LGSP ->
                control(
                        "followed",
                        locale,
                        post(sandbox + "/api/opencps/dossiers", filed(code, PROVINCIAL, "opencps")));
            case OWN ->
                control(
                        "answer",
                        locale,
                        post(api + "/answers/thu", "{\"status\": 200, \"body\": \"{\\\"ketQua\\\": 0}\"}"));
            case ONE_STOP -> control("order", locale, post(api + "/orders", order(code)));
            case NOTIFIER ->
                control(
                        "link",
                        locale,
                        "curl -sS --fail-with-body " + api
                                + "/received | grep -oE 'https?://[^ \"]+/track/[^ \"]+' | tail -1");
            case ALERTS ->
                control("alert", locale, post(sandbox + "/api/emc/misbehave", "{\"mode\": \"down\", \"minutes\": 2}"));
            case CARRIER ->
                control(
                        "event",
                        locale,
                        "ORDER=$(curl -sS --fail-with-body " + api
                                + "/received | sed -E 's/.*\"OrderNumber\":\"([^\"]+)\".*/\\1/')"
                                + "\n"
                                + "curl -sS --fail-with-body " + api + "/events -H 'Content-Type: application/json'"
                                + " -d '{\"OrderNumber\": \"'\"$ORDER\"'\"}'");
            case EMS -> control("parcel", locale, post(sandbox + "/api/dvcqg/dossiers", parcel(code, TUYEN_HOA)));
            case VIETTEL -> control("parcel", locale, post(sandbox + "/api/dvcqg/dossiers", parcel(code, TUYEN_BINH)));
            case NSO -> control("catalogue", locale, post(api + "/catalogue", "{\"mode\": \"same\"}"));
            case MYVNPOST -> control("parcel", locale, post(sandbox + "/api/dvcqg/dossiers", parcel(code, TUYEN_PHU)));
        };
        Stream<Control> more = switch (twin) {
            case DVCQG, OPENCPS, WEBHOOK ->
                Stream.of(
                        control("move", locale, post(api + "/address-changes", moved(code))),
                        control("cancel", locale, post(api + "/cancellations", cancelled(code))));
            case ONE_STOP ->
                Stream.of(
                        control("stranger", locale, post(api + "/orders", order("N12-" + twin.name()))),
                        control("poll", locale, "curl -sS --fail-with-body -X POST " + api + "/poll"),
                        control(
                                "call-off",
                                locale,
                                post(api + "/cancellations", "{\"OrderNumber\": \"" + code + "\"}")));
            case OWN -> Stream.of(control("say", locale, post(sandbox + "/own/thu/ho-so", "{\"soHoSo\": \"1\"}")));
            case EMS, VIETTEL, MYVNPOST ->
                Stream.of(
                        control(
                                "hand-over",
                                locale,
                                post(
                                        sandbox + "/api/trung-tam-hcc/acts",
                                        "{\"operation\": \"dispatchResults\", \"content\": \"<result><dossier>" + code
                                                + "</dossier></result>\"}")),
                        control(
                                "next",
                                locale,
                                post(api + "/events", "{}") + " --retry 20 --retry-delay 1 --retry-all-errors"));
            case CENTRE, DONG_HA, CARRIER, EMC, LGSP, NSO, NOTIFIER, ALERTS -> Stream.of();
        };
        return Stream.of(
                        Stream.of(own),
                        more,
                        Stream.of(
                                control("received", locale, "curl -sS --fail-with-body " + api + "/received"),
                                new Control(
                                        String.valueOf(texts.getMessage(
                                                "control.misbehave", new Object[] {modes(twin)}, locale)),
                                        post(
                                                api + "/misbehave",
                                                "{\"mode\": \"none\", \"minutes\": 0, \"every\": 1}"))))
                .flatMap(Function.identity())
                .toList();
    }

    /** In the words of the interface. */
    private static String modes(Twin twin) {
        return twin.modes.stream().map(TwinApi::word).collect(Collectors.joining(", "));
    }

    private Control control(String key, Locale locale, String command) {
        return new Control(String.valueOf(texts.getMessage("control." + key, null, locale)), command);
    }

    private static String post(String address, String json) {
        return "curl -sS --fail-with-body " + address + " -H 'Content-Type: application/json' -d '" + json + "'";
    }

    private static String filed(String code, String agency, String system) {
        return "{\"code\": \"" + code + "\", \"request\": " + request(code, agency, system) + "}";
    }

    private static String request(String code, String agency, String system) {
        String citizen = citizen("12 đường Mẫu");
        return "{\"dossier\": {\"codes\": [{\"system\": \"" + system + "\", \"code\": \"" + code + "\"}],"
                + " \"procedure\": \"1.012786\", \"channel\": \"ONLINE\", \"filedOn\": \""
                + LocalDate.now(When.VIETNAM) + "\", \"agency\": \"" + agency + "\", \"paidOnline\": true},"
                + " \"pickup\": {\"sender\": " + citizen
                + ", \"papers\": [{\"name\": \"Giấy tờ gốc\", \"original\": true, \"count\": 1}]},"
                + " \"result\": {\"receiver\": " + citizen + "}}";
    }

    /** The result alone, to where this carrier serves. */
    private static String parcel(String code, String commune) {
        return "{\"code\": \"" + code + "\", \"request\": {\"dossier\": {\"codes\": [{\"system\": \"dvcqg\","
                + " \"code\": \"" + code + "\"}], \"procedure\": \"1.012786\", \"channel\": \"ONLINE\","
                + " \"filedOn\": \"" + LocalDate.now(When.VIETNAM) + "\", \"agency\": \"" + PROVINCIAL
                + "\", \"paidOnline\": true}, \"result\": {\"receiver\": "
                + citizen("12 đường Mẫu").replace("19333", commune) + "}}}";
    }

    private static String citizen(String street) {
        return "{\"name\": \"Lê Thị Mẫu\", \"phone\": \"0900000001\","
                + " \"address\": {\"commune\": \"19333\", \"street\": \"" + street + "\"}}";
    }

    private static String moved(String code) {
        return "{\"dossier\": \"" + code + "\", \"leg\": \"RESULT\", \"party\": " + citizen("34 đường Thử") + "}";
    }

    private static String cancelled(String code) {
        return "{\"dossier\": \"" + code + "\", \"leg\": \"PICKUP\"}";
    }

    private static String order(String code) {
        return "{\"OrderNumber\": \"" + code + "\", \"CODAmount\": 0, \"SenderProvince\": 52, \"SenderDistrict\": 5210,"
                + " \"SenderAddress\": \"09 Hùng Vương, Đông Hà\", \"SenderName\": \"Trung tâm Phục vụ HCC tỉnh\","
                + " \"SenderTel\": null, \"SenderDesc\": \"Tên dịch vụ: Trả hồ sơ tại nhà\","
                + " \"ReceiverName\": \"Lê Thị Mẫu\", \"ReceiverAddress\": \"12 đường Mẫu, Đông Hà\","
                + " \"ReceiverTel\": \"0900000001\", \"ReceiverProvince\": 52, \"ReceiverDistrict\": 5210}";
    }
}
