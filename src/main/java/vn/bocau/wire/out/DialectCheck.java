package vn.bocau.wire.out;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vn.bocau.wire.out.Dialect.Content;
import vn.bocau.wire.out.Dialect.Login;
import vn.bocau.wire.out.Dialect.Message;
import vn.bocau.wire.out.Dialect.Transport;

/** What a schema cannot see of a dialect and would fail with every message: it is told when the file is read. */
final class DialectCheck {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

    /** The client's own, which it takes from nobody. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private static final Set<String> OF_THE_ENVELOPE = Set.of("content-type", "soapaction");

    private final Dialect dialect;
    private final String file;

    private DialectCheck(Dialect dialect, String file) {
        this.dialect = dialect;
        this.file = file;
    }

    /** @throws WrongDialect naming the file and the place */
    static void check(Dialect dialect, String file) {
        new DialectCheck(dialect, file).check();
    }

    /** Whether a header can hold this: many servers read nothing but ASCII there. */
    static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    private void check() {
        dialect.headers().forEach(all -> all.forEach(this::header));
        dialect.messages().forEach(this::message);
        Login login = dialect.login();
        if (login.kind() == Login.Kind.OAUTH2) {
            Stream.concat(Stream.of(login.path(), login.scope()), login.headers().values().stream())
                    .forEach(template -> filled("login", template, Set.of(), false));
        }
    }

    private void header(String name, String template) {
        if (!NAME.matcher(name).matches() || OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            throw new WrongDialect(
                    file,
                    "không đặt được tiêu đề " + name + ": tên không hợp lệ, hoặc HTTP tự đặt nó",
                    "the header " + name + " cannot be set: that is no name of one, or HTTP sets it by itself");
        }
        if (!isValue(template)) {
            throw new WrongDialect(
                    file,
                    "tiêu đề " + name + " chỉ chứa được ký tự ASCII, không dấu",
                    "the header " + name + " can hold ASCII only");
        }
    }

    private void message(String kind, Message message) {
        boolean soap = message.transport() == Transport.SOAP;
        boolean fields = !soap && message.content() != Content.XML;
        Set<String> own = Set.of("id", "session");
        filled(kind, message.path(), soap ? Set.of() : own, fields);
        message.headers().values().forEach(template -> filled(kind, template, own, fields));
        if (soap) {
            message.headers().keySet().stream()
                    .filter(name -> OF_THE_ENVELOPE.contains(name.toLowerCase(Locale.ROOT)))
                    .forEach(name -> {
                        throw new WrongDialect(
                                file,
                                kind + ": qua SOAP không đặt được tiêu đề " + name + "; SOAPAction là action",
                                kind + ": over SOAP the header " + name + " cannot be set; SOAPAction is action");
                    });
        }
        Login.Kind login = dialect.login().kind();
        if (soap ? login == Login.Kind.WEBHOOK : login == Login.Kind.USERNAME_TOKEN) {
            throw new WrongDialect(
                    file,
                    kind + ": username-token chỉ đi qua SOAP, và webhook không ký được phong bì SOAP",
                    kind + ": username-token goes over SOAP alone, and webhook cannot sign an envelope of SOAP");
        }
    }

    /**
     * @param blanks that are filled there besides those of the partner's row
     * @param fields whether fields of the translated message fill blanks there too
     */
    private void filled(String place, String template, Set<String> blanks, boolean fields) {
        Stream<String> open = Blanks.in(template)
                .filter(blank -> !blank.startsWith("partner.") && !blank.equals("client"))
                .filter(blank -> !blanks.contains(blank))
                .filter(blank -> !(fields && blank.startsWith("message.")));
        open.findFirst().ifPresent(blank -> {
            throw new WrongDialect(
                    file,
                    place + ": ở đây không có gì điền vào {" + blank
                            + "}; XML không có trường cho {message.…}, và đường dẫn"
                            + " SOAP chỉ nhận {client} và {partner.…}",
                    place + ": nothing fills {" + blank
                            + "} here; XML has no fields for {message.…}, and a path of SOAP"
                            + " takes {client} and {partner.…} alone");
        });
    }
}
