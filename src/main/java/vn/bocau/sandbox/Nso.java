package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.HtmlUtils;

/** The state's directory of administrative units (DMDVHC.asmx): the real communes, and lists that are otherwise. */
@RestController
class Nso {

    /** What it lists. */
    private enum Catalogue {
        /** The communes in force. */
        SAME,
        /** One is new in Quảng Trị, one has become a ward, one in Hà Nội has ended. */
        CHANGED,
        /** One has ended that a post office of the samples serves. */
        ENDS_SERVED,
        /** Only the first thousand: an answer cut off. */
        SHORT,
        /** Without the last province. */
        PROVINCE_GONE
    }

    private record Unit(String code, String name, String province) {}

    private static final String NAMESPACE = "http://tempuri.org/";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    /** Of the two operations that clients call. */
    private static final Pattern REQUEST =
            Pattern.compile("<(?:\\w+:)?Body>\\s*<(DanhMucTinh|DanhMucPhuongXa) xmlns=\"http://tempuri\\.org/\">"
                    + "\\s*<DenNgay>([^<]*)</DenNgay>\\s*</\\1>\\s*</(?:\\w+:)?Body>");

    private static final String NEW = "99001";
    private static final String RENAMED = "18997";
    private static final String ENDED = "00008";
    private static final String SERVED = "19741";
    private static final String LAST_PROVINCE = "96";
    private static final int SHORT = 1_000;

    private final Received received;
    private final List<Unit> provinces = units("/reference/provinces.csv", row -> row[0]);
    private final List<Unit> communes = units("/reference/communes.csv", row -> row[3]);
    private volatile Catalogue catalogue = Catalogue.SAME;

    Nso(Received received) {
        this.received = received;
    }

    /** {@code {"mode": "same|changed|ends-served|short|province-gone"}}. */
    @PostMapping(path = "/api/nso/catalogue", produces = MediaType.APPLICATION_JSON_VALUE)
    String catalogue(@RequestBody String body) {
        JsonNode wish = Json.read(body);
        catalogue = Arrays.stream(Catalogue.values())
                .filter(mode -> word(mode).equals(wish.path("mode").asText()))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "mode: "
                                + Arrays.stream(Catalogue.values())
                                        .map(Nso::word)
                                        .collect(Collectors.joining(", "))));
        return Json.write(Map.of("mode", word(catalogue)));
    }

    private static String word(Catalogue mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As an .asmx of .NET takes it: SOAP 1.1, with the action of the operation, in its namespace. */
    @PostMapping(path = "/nso/DMDVHC.asmx", consumes = MediaType.TEXT_XML_VALUE, produces = "text/xml;charset=UTF-8")
    ResponseEntity<String> take(
            @RequestBody String envelope, @RequestHeader(name = "SOAPAction", defaultValue = "") String action) {
        Matcher asked = REQUEST.matcher(envelope);
        if (!asked.find()) {
            return fault("Server did not recognize the request");
        }
        String operation = asked.group(1);
        if (!action.equals("\"" + NAMESPACE + operation + "\"")) {
            return fault("Server did not recognize the value of HTTP Header SOAPAction");
        }
        if (!isDay(asked.group(2))) {
            return fault("String was not recognized as a valid DateTime");
        }
        return ResponseEntity.ok(answer(operation, asked.group(2)));
    }

    private static boolean isDay(String text) {
        try {
            LocalDate.parse(text, DAY);
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    private static ResponseEntity<String> fault(String what) {
        return ResponseEntity.internalServerError()
                .body("<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><soap:Fault>"
                        + "<faultcode>soap:Client</faultcode><faultstring>" + what
                        + "</faultstring></soap:Fault></soap:Body></soap:Envelope>");
    }

    private String answer(String operation, String day) {
        received.add(
                Twin.NSO.id,
                operation,
                null,
                null,
                true,
                Json.object().put("catalogue", word(catalogue)).put("DenNgay", day));
        StringBuilder rows = new StringBuilder();
        (operation.equals("DanhMucTinh") ? provinces() : communes()).forEach(unit -> rows.append(row(operation, unit)));
        return "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><" + operation
                + "Response xmlns=\"http://tempuri.org/\"><" + operation + "Result>"
                + "<xs:schema id=\"NewDataSet\" xmlns=\"\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
                + "<xs:element name=\"TABLE\"/></xs:schema>"
                + "<diffgr:diffgram xmlns:diffgr=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><NewDataSet xmlns=\"\">"
                + rows + "</NewDataSet></diffgr:diffgram></" + operation + "Result></" + operation
                + "Response></soap:Body></soap:Envelope>";
    }

    private static String row(String operation, Unit unit) {
        String kind = unit.name().split(" ")[0];
        return operation.equals("DanhMucTinh")
                ? "<TABLE><MaTinh>" + unit.code() + "</MaTinh><TenTinh>" + HtmlUtils.htmlEscape(unit.name(), "UTF-8")
                        + "</TenTinh><LoaiHinh>" + kind + "</LoaiHinh></TABLE>"
                : "<TABLE><MaTinh>" + unit.province() + "</MaTinh><MaQuanHuyen/><TenQuanHuyen/><MaPhuongXa>"
                        + unit.code() + "</MaPhuongXa><TenPhuongXa>" + HtmlUtils.htmlEscape(unit.name(), "UTF-8")
                        + "</TenPhuongXa><LoaiHinh>" + kind + "</LoaiHinh></TABLE>";
    }

    private List<Unit> provinces() {
        return provinces.stream()
                .filter(unit ->
                        catalogue != Catalogue.PROVINCE_GONE || !unit.code().equals(LAST_PROVINCE))
                .toList();
    }

    private List<Unit> communes() {
        List<Unit> listed = new ArrayList<>(communes);
        switch (catalogue) {
            case SAME -> {}
            case CHANGED -> {
                listed.removeIf(unit -> unit.code().equals(ENDED) || unit.code().equals(RENAMED));
                listed.add(new Unit(RENAMED, "Phường Tuyên Hoá", "44"));
                listed.add(new Unit(NEW, "Xã Thử Nghiệm", "44"));
            }
            case ENDS_SERVED -> listed.removeIf(unit -> unit.code().equals(SERVED));
            case SHORT -> listed.subList(SHORT, listed.size()).clear();
            case PROVINCE_GONE -> listed.removeIf(unit -> unit.province().equals(LAST_PROVINCE));
        }
        return listed;
    }

    /** The rows that hold today. */
    private static List<Unit> units(String file, Function<String[], String> province) {
        try (InputStream in = Objects.requireNonNull(Nso.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches("\\d.*,"))
                    .map(line -> line.split(",", -1))
                    .map(row -> new Unit(row[0], row[2], province.apply(row)))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
