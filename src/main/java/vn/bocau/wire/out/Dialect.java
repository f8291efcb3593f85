package vn.bocau.wire.out;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.DailyHours;
import vn.bocau.wire.Json;

/**
 * How a partner is spoken to: {@code mappings/<dialect>/dialect.json}, read. {@code mappings/words/dialect.schema.json}
 * says what may stand there and what it means.
 *
 * @param name of its folder
 * @param needed settings its mappings need of a partner's row
 * @param hours null when it is spoken to at any time
 */
record Dialect(
        String name,
        Timeouts timeouts,
        Login login,
        List<String> needed,
        List<String> silent,
        Map<String, Message> messages,
        @Nullable DailyHours hours,
        @Nullable Feed feed,
        @Nullable Push push,
        @Nullable Poll poll) {

    private static final String SETTING = "partner.";

    /** In milliseconds. */
    record Timeouts(int connect, int read) {}

    /**
     * How we say who we are.
     *
     * @param secret the partner's setting that names the secret; null for the partner's own
     * @param user template of our name
     * @param path where a session or a token is asked for, or the whole address of another server that gives it; empty for
     *     the other kinds
     * @param session JSON pointer to the session in the answer
     * @param perCall whether a token is asked for anew for each message, as N-GSP wants it
     * @param inBody whether user and secret stand in the body when a token is asked for, and not in a header
     * @param scope template of what a token is asked for; empty when that is not said
     */
    record Login(
            Kind kind,
            @Nullable String secret,
            String user,
            String path,
            Map<String, String> headers,
            String session,
            boolean perCall,
            boolean inBody,
            String scope) {

        enum Kind {
            @JsonProperty("none")
            NONE,
            @JsonProperty("secret")
            SECRET,
            @JsonProperty("bearer")
            BEARER,
            @JsonProperty("basic")
            BASIC,
            @JsonProperty("key")
            KEY,
            @JsonProperty("session")
            SESSION,
            @JsonProperty("oauth2")
            OAUTH2,
            @JsonProperty("webhook")
            WEBHOOK,
            @JsonProperty("username-token")
            USERNAME_TOKEN
        }
    }

    /**
     * How one kind of message travels.
     *
     * @param path template, behind the partner's base URL
     * @param action SOAPAction, for SOAP alone
     * @param mapping the file that translates it, without its ending
     * @param then what is said next, once this was taken: another kind of the same dialect; null for nothing
     */
    record Message(
            Transport transport,
            String method,
            String path,
            Map<String, String> headers,
            Content content,
            Answers answers,
            String action,
            String mapping,
            @Nullable String then) {

        /** The file that translates it: XSLT when XML leaves, JSLT otherwise. */
        String mapping(String dialect) {
            return dialect + "/" + mapping + (content == Content.XML ? ".out.xsl" : ".out.jslt");
        }

        /** The file that judges the answer. */
        String judge(String dialect) {
            return dialect + (answers == Answers.XML ? "/answer.xsl" : "/answer.jslt");
        }
    }

    enum Transport {
        @JsonProperty("http")
        HTTP,
        @JsonProperty("soap")
        SOAP
    }

    /** What leaves. */
    enum Content {
        @JsonProperty("json")
        JSON("application/json"),
        @JsonProperty("form")
        FORM("application/x-www-form-urlencoded"),
        @JsonProperty("xml")
        XML("application/xml; charset=utf-8"),
        @JsonProperty("none")
        NONE("");

        final String type;

        Content(String type) {
            this.type = type;
        }
    }

    /** What comes back. Anything else is nobody's answer: a proxy's page, half a message. */
    enum Answers {
        @JsonProperty("json")
        JSON,
        @JsonProperty("xml")
        XML,
        @JsonProperty("text")
        TEXT
    }

    /**
     * How a carrier's feed of events is read.
     *
     * @param path template with {@code {cursor}} and {@code {size}}
     * @param start the cursor before the first event
     * @param rows JSON pointer to the events in a page
     * @param cursor JSON pointer to the cursor in an event; its texts sort in the order of the feed
     * @param form of every cursor
     * @param seconds how many hexadecimal digits at the beginning of a cursor count the seconds since 1970; 0 for none
     */
    record Feed(
            String path,
            Map<String, String> headers,
            String start,
            int size,
            String rows,
            String cursor,
            Pattern form,
            int seconds) {

        private static final Duration AHEAD = Duration.ofDays(1);

        boolean isCursor(String text) {
            return form.matcher(text).matches();
        }

        /** Whether to go on from there: behind a cursor of another form, or of a day to come, nothing may ever follow. */
        boolean isPlace(String cursor) {
            return isCursor(cursor)
                    && (seconds == 0
                            || cursor.matches("[0-9a-fA-F]{" + seconds + "}.*")
                                    && Long.parseLong(cursor.substring(0, seconds), 16)
                                            <= Instant.now().plus(AHEAD).getEpochSecond());
        }
    }

    /**
     * How a carrier tells us of its own accord what happened.
     *
     * @param proof where it shows what only it and we know
     * @param secret the partner's setting that names that secret; null for the partner's own
     * @param key what tells one event from the others, put together
     */
    record Push(Place proof, @Nullable String secret, List<Place> key) {}

    /**
     * A place in what somebody sends us: a header or a field, never both.
     *
     * @param field JSON pointer
     */
    record Place(@Nullable String header, @Nullable String field) {}

    /**
     * How a carrier that keeps states by orders is asked for them.
     *
     * @param list path of the orders that changed, template with {@code {from}}, {@code {to}}, {@code {page}} and
     *     {@code {size}}
     * @param history path of what happened to one of them, template with {@code {order}}
     * @param day how days are written in them
     * @param every seconds between two rounds
     */
    record Poll(String list, String history, Map<String, String> headers, String day, int size, int every) {}

    static Dialect of(String name, JsonNode json) {
        JsonNode login = json.path("login");
        Map<String, Message> messages = new java.util.HashMap<>();
        json.path("messages").properties().forEach(e -> messages.put(e.getKey(), message(e.getKey(), e.getValue())));
        return new Dialect(
                name,
                new Timeouts(
                        json.path("timeouts").path("connect").asInt(5_000),
                        json.path("timeouts").path("read").asInt(15_000)),
                new Login(
                        Json.MAPPER.convertValue(login.path("kind"), Login.Kind.class),
                        login.has("secret") ? login.path("secret").asText() : null,
                        login.path("user").asText("{client}"),
                        login.path("path").asText(""),
                        texts(login.path("headers")),
                        login.path("session").asText(""),
                        login.path("perCall").asBoolean(false),
                        login.path("credentials").asText("").equals("body"),
                        login.path("scope").asText("")),
                list(json.path("settings")),
                list(json.path("silent")),
                Map.copyOf(messages),
                json.has("hours") ? hours(json.path("hours")) : null,
                json.has("feed") ? feed(json.path("feed")) : null,
                json.has("push") ? push(json.path("push")) : null,
                json.has("poll") ? poll(json.path("poll")) : null);
    }

    private static DailyHours hours(JsonNode json) {
        return new DailyHours(
                LocalTime.parse(json.path("from").asText()),
                LocalTime.parse(json.path("until").asText()));
    }

    private static Poll poll(JsonNode json) {
        return new Poll(
                json.path("list").asText(),
                json.path("history").asText(),
                texts(json.path("headers")),
                json.path("day").asText(),
                json.path("size").asInt(100),
                json.path("every").asInt(60));
    }

    private static Push push(JsonNode json) {
        List<Place> key = new java.util.ArrayList<>();
        json.path("key").forEach(place -> key.add(place(place)));
        return new Push(place(json.path("proof")), json.path("secret").asText(null), List.copyOf(key));
    }

    private static Place place(JsonNode json) {
        return new Place(json.path("header").asText(null), json.path("field").asText(null));
    }

    private static List<String> list(JsonNode json) {
        List<String> words = new java.util.ArrayList<>();
        json.forEach(word -> words.add(word.asText()));
        return List.copyOf(words);
    }

    private static Message message(String kind, JsonNode json) {
        Transport transport = word(json, "transport", Transport.class, Transport.HTTP);
        boolean soap = transport == Transport.SOAP;
        Content content = word(json, "content", Content.class, soap ? Content.XML : Content.JSON);
        return new Message(
                transport,
                json.path("method").asText("POST"),
                json.path("path").asText(""),
                texts(json.path("headers")),
                content,
                word(json, "answers", Answers.class, content == Content.XML ? Answers.XML : Answers.JSON),
                json.path("action").asText(""),
                json.path("mapping").asText(kind),
                json.path("then").asText(null));
    }

    private static Feed feed(JsonNode json) {
        return new Feed(
                json.path("path").asText(),
                texts(json.path("headers")),
                json.path("start").asText(),
                json.path("size").asInt(100),
                json.path("rows").asText(),
                json.path("cursor").asText(),
                Pattern.compile(json.path("form").asText(".+")),
                json.path("seconds").asInt(0));
    }

    private static <E extends Enum<E>> E word(JsonNode json, String field, Class<E> type, E otherwise) {
        return json.has(field) ? Json.MAPPER.convertValue(json.path(field), type) : otherwise;
    }

    private static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new java.util.LinkedHashMap<>();
        json.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    /** The settings a partner's row must have: those its paths, its headers and its login name, and its mappings need. */
    Set<String> settings() {
        Set<String> names = new TreeSet<>(needed);
        templates()
                .flatMap(Blanks::in)
                .filter(b -> b.startsWith(SETTING))
                .forEach(b -> names.add(b.substring(SETTING.length())));
        if (login.secret() != null) {
            names.add(login.secret());
        }
        if (push != null && push.secret() != null) {
            names.add(push.secret());
        }
        return names;
    }

    /** Whether it says what the partner calls us. */
    boolean usesClient() {
        return templates().flatMap(Blanks::in).anyMatch("client"::equals);
    }

    /** All that it sets, each by its name. */
    Stream<Map<String, String>> headers() {
        Stream<Map<String, String>> others = Stream.of(
                login.headers(), feed == null ? Map.of() : feed.headers(), poll == null ? Map.of() : poll.headers());
        return Stream.concat(messages.values().stream().map(Message::headers), others);
    }

    private Stream<String> templates() {
        Stream<String> told = messages.values().stream()
                .flatMap(message -> Stream.concat(Stream.of(message.path()), message.headers().values().stream()));
        Stream<String> read =
                feed == null ? Stream.empty() : Stream.concat(Stream.of(feed.path()), feed.headers().values().stream());
        Stream<String> shown = switch (login.kind()) {
            case NONE, SECRET, BEARER, WEBHOOK -> Stream.empty();
            case BASIC, USERNAME_TOKEN -> Stream.of(login.user());
            case KEY -> login.headers().values().stream();
            case SESSION -> Stream.concat(Stream.of(login.path()), login.headers().values().stream());
            case OAUTH2 ->
                Stream.concat(Stream.of(login.user(), login.path(), login.scope()), login.headers().values().stream());
        };
        Stream<String> asked = poll == null
                ? Stream.empty()
                : Stream.concat(Stream.of(poll.list(), poll.history()), poll.headers().values().stream());
        return Stream.of(told, read, asked, shown).flatMap(all -> all);
    }

    Optional<Message> message(String kind) {
        return Optional.ofNullable(messages.get(kind));
    }
}
