package vn.bocau.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.Browser;
import vn.bocau.dossier.Dossiers;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Inbound;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.track.Asking.View;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.TooManyAttempts;

/** A citizen sees the own dossier, in few bytes and without a script, and nobody else's. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrackPageTest extends AtHome {

    private static final Supplier<Optional<String>> WRONG = Optional::empty;

    @Test
    void a_citizen_finds_the_dossier_by_its_code_and_four_digits_and_reads_where_it_is() {
        String code = filed();
        failedAtTheDoor(code);
        Page page = browser.page(Browser.PHONE);
        List<Response> answers = new CopyOnWriteArrayList<>();
        page.onResponse(answers::add);
        page.navigate(hub.at("/track").toString());
        look(page, "track");
        page.getByLabel("Mã hồ sơ").fill(" " + code + " ");
        page.getByLabel("Bốn số cuối điện thoại").fill("0001");
        answers.clear();
        page.locator("main button").click();
        page.waitForSelector("main h1");

        assertThat(page.url()).matches(".*/track/[A-Za-z0-9_-]{43}$");
        assertThat(page.innerText("main h1")).isEqualTo("Thu gom chưa thành công");
        assertThat(page.innerText("main"))
                .contains(
                        code,
                        "Việc của bạn",
                        "Bưu tá chưa gặp được bạn",
                        "Chọn ngày khác",
                        "Đổi địa chỉ",
                        "Năm điều cần biết",
                        "hệ thống biết lúc")
                .doesNotContain("Lê Thị Mẫu", "0900000001", "12 đường Mẫu");
        assertThat(page.locator("main h2").allInnerTexts())
                .containsExactly("Tiếp theo", "Năm điều cần biết", "Đã diễn ra");
        assertThat(answers).isNotEmpty();
        assertThat(answers.stream().mapToInt(AtHome::weight).sum()).isLessThanOrEqualTo(LIGHT);
        assertThat(page.locator("script").count()).isZero();
        look(page, "track-story");

        page.getByText("English").click();
        assertThat(page.innerText("main h1")).isEqualTo("Pickup did not succeed");
        assertThat(page.innerText("main")).contains("Up to you", "Five things to know", "heard of at");
        Browser.isAccessible(page);
    }

    @Test
    void a_story_of_many_events_weighs_no_more_than_a_short_one_may() {
        String code = filed();
        hub.db()
                .sql("insert into dossier_event (dossier, code, vi, en, happened_at, recorded_at)"
                        + " select dossier, 'TRANSFERRED', 'x', 'x', now() - n * interval '1 hour', now()"
                        + " from dossier_code, generate_series(1, 100) n where code = :code")
                .param("code", code)
                .update();
        Page page = browser.page(Browser.PHONE);
        List<Response> answers = new CopyOnWriteArrayList<>();
        page.onResponse(answers::add);

        page.navigate(hub.at("/track/" + link(code)).toString());

        assertThat(answers.stream().mapToInt(AtHome::weight).sum()).isLessThanOrEqualTo(LIGHT);
        assertThat(page.locator(".journey li").count()).isEqualTo(40);
        int seen = 40;
        while (page.locator("a:has-text('việc trước đó')").count() > 0) {
            page.locator("a:has-text('việc trước đó')").click();
            page.waitForLoadState();
            seen += page.locator(".journey li").count();
        }
        assertThat(seen).isGreaterThanOrEqualTo(100);
        look(page, "track-story-earlier");
        page.getByText("những việc mới nhất").click();
        assertThat(page.locator(".journey li").count()).isEqualTo(40);
    }

    @Test
    void a_story_of_many_events_and_papers_with_the_longest_names_weighs_no_more() {
        String code = filed();
        hub.db()
                .sql("insert into dossier_event (dossier, code, vi, en, happened_at, recorded_at)"
                        + " select dossier, 'TRANSFERRED', 'x', 'x', now() - n * interval '1 hour', now()"
                        + " from dossier_code, generate_series(1, 100) n where code = :code")
                .param("code", code)
                .update();
        hub.db()
                .sql("update dossier set status = 5, supplement = (select jsonb_agg(jsonb_build_object('name',"
                        + " n || '. ' || repeat('Giấy tờ ở \"', 26))) from generate_series(1, 100) n)"
                        + " where id = (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .update();
        String toRead = hub.bean(TrackLinks.class)
                .toRead(hub.bean(Dossiers.class).named(code).orElseThrow(), "0900000001", LocalDate.now(Rules.ZONE))
                .replaceFirst(".*/track/", "");
        Page page = browser.page(Browser.PHONE);
        List<Response> answers = new CopyOnWriteArrayList<>();
        page.onResponse(answers::add);

        page.navigate(hub.at("/track/" + toRead).toString());

        assertThat(answers.stream().mapToInt(AtHome::weight).sum()).isLessThanOrEqualTo(LIGHT);
        assertThat(page.innerText("main"))
                .contains("1. Giấy tờ", "10. Giấy tờ", "giấy tờ khác", "Hãy hỏi cơ quan đó là giấy tờ nào.");
        look(page, "track-missing-many");
    }

    @Test
    void an_agency_s_own_words_are_not_shown() {
        String code = filed();
        hub.db()
                .sql("insert into dossier_event (dossier, code, vi, en, happened_at, recorded_at)"
                        + " select dossier, 'SUPPLEMENT_ASKED', 'Bà Lê Thị Mẫu thiếu ảnh', 'Ms Mẫu', now(), now()"
                        + " from dossier_code where code = :code")
                .param("code", code)
                .update();

        String page = Http.get(hub.at("/track/" + link(code)), Map.of()).whole().body();

        assertThat(page).contains("Cơ quan yêu cầu bổ sung giấy tờ").doesNotContain("Mẫu");
    }

    @Test
    void of_what_somebody_got_it_is_said_whom_to_call_if_that_was_not_the_citizen() {
        String code = filed();
        String link = link(code);
        Page page = browser.page(Browser.PHONE);
        page.navigate(hub.at("/track/" + link).toString());
        assertThat(page.innerText("main")).contains("Việc của bưu điện").doesNotContain("Không phải bạn đã nhận");
        var said = JsonNodeFactory.instance.objectNode();
        said.withArray("results").addObject().put("dossier", code);
        said.putObject("by").put("user", "can-bo").put("agency", "000.00.12.H50");
        hub.bean(Entrance.class).bring(new Inbound("desk", "desk-" + code, "desk.dispatch", said));
        String item = hub.db()
                .sql("select item from leg l join dossier_code c on c.dossier = l.dossier"
                        + " where c.code = :code and l.kind = 'RESULT'")
                .param("code", code)
                .query(String.class)
                .single();
        worker.scans("RESULT_COLLECTED", item);
        worker.delivers(item, 0);
        List<Response> answers = new CopyOnWriteArrayList<>();
        page.onResponse(answers::add);
        page.navigate(hub.at("/track/" + link).toString());

        assertThat(page.innerText(".card:has-text('Không phải bạn đã nhận?')"))
                .containsPattern("Hãy gọi ngay .+, số \\+?[0-9 .]{8,}");
        assertThat(answers.stream().mapToInt(AtHome::weight).sum()).isLessThanOrEqualTo(LIGHT);
        look(page, "track-delivered");
    }

    @Test
    void of_what_an_outside_carrier_has_it_is_said_who_has_it_and_where_to_call() {
        String code = filed();
        hub.db()
                .sql("update leg set carrier = 'ems' where kind = 'PICKUP' and dossier ="
                        + " (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .update();

        String page = Http.get(hub.at("/track/" + link(code)), Map.of()).whole().body();

        assertThat(page).contains("do EMS (thử nghiệm", "hãy gọi 1900 0001");
    }

    @Test
    void names_of_papers_that_no_list_has_stand_behind_a_link_that_was_sent_for_that_which_is_to_be_had_here() {
        String code = filed();
        hub.db()
                .sql("update dossier set supplement = '[{\"name\": \"CCCD bà Lê Thị Mẫu\"}]' where id ="
                        + " (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .update();
        UUID dossier = hub.bean(Dossiers.class).named(code).orElseThrow();
        TrackLinks links = hub.bean(TrackLinks.class);
        LocalDate today = LocalDate.now(Rules.ZONE);
        String toRead = links.toRead(dossier, "0900000001", today).replaceFirst(".*/track/", "");
        String toLookAt = links.toLookAt(dossier, "0900000001").replaceFirst(".*/track/", "");

        for (String names : List.of(toRead, links.sent(dossier, "0900000001", today))) {
            assertThat(Http.get(hub.at("/track/" + names), Map.of()).whole().body())
                    .contains("CCCD bà Lê Thị Mẫu")
                    .doesNotContain("/link\"", "giấy tờ nào");
        }
        assertThat(Http.get(hub.at("/track/" + toRead + "/1/address"), Map.of())
                        .whole()
                        .headers()
                        .firstValue("location")
                        .orElseThrow())
                .as("what is passed on changes nothing")
                .endsWith("/1/link");
        Page page = browser.page(Browser.PHONE);
        for (String not : List.of(link(code), toLookAt)) {
            page.navigate(hub.at("/track/" + not).toString());
            assertThat(page.innerText("main"))
                    .contains("1 giấy tờ", "Tên giấy tờ hiện ở đường dẫn trong tin nhắn báo bổ sung")
                    .doesNotContain("Lê Thị Mẫu");
        }
        look(page, "track-missing");
        page.getByText("English").click();
        assertThat(page.innerText("main")).contains("1 paper\n", "The link in the message that asked for them");
        Browser.isAccessible(page);
        page.locator("dd a").click();
        assertThat(page.innerText("main h1")).isEqualTo("Get a link by message");
        assertThat(page.innerText("main")).contains("to see their names");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0001, code, Hãy nhập mã hồ sơ.",
        "CODE, '', digits, bốn chữ số",
        "CODE, 12a4, digits, bốn chữ số",
        "CODE, 9999, code, Không có hồ sơ nào có mã này",
        "no-such-dossier, 0001, code, Không có hồ sơ nào có mã này"
    })
    void what_is_wrong_is_said_beside_the_field_and_nothing_of_the_dossier(
            String code, String digits, String field, String said) {
        Http.Answer answer = find(code.equals("CODE") ? filed() : code, digits);

        assertThat(answer.status()).isEqualTo(422);
        String page = answer.whole().body();
        assertThat(page).doesNotContain("Năm điều");
        assertThat(page).containsPattern("<p class=\"error\" id=\"" + field + "-error\">[^<]*" + said);
        assertThat(page)
                .containsPattern(
                        "<input id=\"" + field + "\"[^>]*aria-describedby=\"" + field + "-hint " + field + "-error\"");
    }

    @Test
    void long_after_its_end_a_dossier_opens_to_nobody_who_is_told_whom_to_ask() {
        String code = filed();
        String link = link(code);
        UUID dossier = hub.bean(Dossiers.class).named(code).orElseThrow();
        ObjectNode refused = JsonNodeFactory.instance.objectNode().put("dossier", code);
        refused.putArray("reasons").add("Không thuộc thẩm quyền");
        refused.putObject("by").put("user", "can-bo").put("agency", "000.00.12.H50");
        hub.bean(Entrance.class).bring(new Inbound("desk", "desk-" + code, "desk.refuse", refused));
        assertThat(Http.get(hub.at("/track/" + link), Map.of()).status())
                .as("just ended")
                .isEqualTo(200);
        hub.db()
                .sql("update dossier_event set recorded_at = recorded_at - interval '91 days' where dossier = :dossier")
                .param("dossier", dossier)
                .update();
        hub.db()
                .sql("update handling set recorded_at = recorded_at - interval '91 days' where leg in"
                        + " (select id from leg where dossier = :dossier)")
                .param("dossier", dossier)
                .update();
        Page page = browser.page(Browser.PHONE);

        Response answer = page.navigate(hub.at("/track/" + link).toString());

        assertThat(answer.status()).isEqualTo(410);
        assertThat(page.innerText("main"))
                .contains("hơn 90 ngày", "hãy hỏi cơ quan")
                .doesNotContain(code);
        look(page, "track-over");
        assertThat(Http.get(hub.at("/track/" + link + "/1/office"), Map.of()).status())
                .isEqualTo(404);
    }

    @Test
    void a_link_that_is_not_ours_opens_nothing() {
        String link = link(filed());
        for (String other : List.of(
                "x", link + "A", link.substring(1) + "A", (link.startsWith("A") ? "B" : "A") + link.substring(1))) {
            Http.Answer answer = Http.get(hub.at("/track/" + other), Map.of());
            assertThat(answer.status()).as(other).isEqualTo(404);
            assertThat(answer.whole().body()).contains("Đường dẫn này không còn dùng được");
        }
        assertThat(Http.get(hub.at("/track/" + hub.bean(TrackLinks.class).of(UUID.randomUUID())), Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void digits_are_not_guessed() {
        String code = filed();
        for (int i = 0; i < 5; i++) {
            find(code, "777" + i);
        }

        Http.Answer blocked = find(code, "0001");

        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.whole().headers().firstValue("retry-after")).isPresent();
        assertThat(blocked.whole().body()).contains("Đã nhập sai quá nhiều lần");
        assertThat(find(filed(), "0001").status()).as("another dossier").isEqualTo(302);
    }

    @Test
    void of_one_dossier_few_guesses_a_day_are_answered_wherever_they_come_from() {
        var guesses = hub.bean(Guesses.class);
        String code = Filed.today() + "-guessed";
        for (int i = 0; i < 20; i++) {
            assertThat(guesses.atCode(code, "2001:db8:" + i + "::1", WRONG)).isEmpty();
        }

        assertThatThrownBy(() -> guesses.atCode(code, "2001:db8:99::1", () -> Optional.of("right")))
                .isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void a_second_node_answers_no_more_of_them() {
        var one = hub.bean(Guesses.class);
        var other = new Guesses(hub.bean(Attempts.class), hub.db());
        for (int i = 0; i < 10; i++) {
            assertThat(one.atCode("a dossier", "2001:db8:" + i + "::6", WRONG)).isEmpty();
            assertThat(other.atCode("a dossier", "2001:db8:" + i + "::6", WRONG))
                    .isEmpty();
            assertThat(one.atNone("no dossier", "2001:db8:" + i + "::6", WRONG)).isEmpty();
            assertThat(other.atNone("no dossier", "2001:db8:" + i + "::6", WRONG))
                    .isEmpty();
        }

        for (Guesses node : List.of(one, other)) {
            assertThatThrownBy(() -> node.atCode("a dossier", "2001:db8:99::6", () -> Optional.of("right")))
                    .isInstanceOfSatisfying(
                            TooManyAttempts.class,
                            many -> assertThat(many.pause()).isBetween(Duration.ofHours(23), Duration.ofDays(1)));
            assertThatThrownBy(() -> node.atNone("no dossier", "2001:db8:99::6", WRONG))
                    .as("nobody is to know that it names none")
                    .isInstanceOf(TooManyAttempts.class);
        }
        hub.db().sql("update track_guess set since = since - interval '1 day'").update();
        assertThat(other.atCode("a dossier", "2001:db8:99::6", () -> Optional.of("right")))
                .isPresent();
    }

    @Test
    void however_many_codes_are_made_up_their_guesses_are_kept_in_so_many_rows() {
        var guesses = hub.bean(Guesses.class);
        // Two strings of one hash.
        assertThat(guesses.atNone("Aa", "2001:db8:1::7", WRONG)).isEmpty();
        long rows = guessed();
        assertThat(guesses.atNone("BB", "2001:db8:2::7", WRONG)).isEmpty();

        assertThat(guessed()).isEqualTo(rows);
    }

    private static long guessed() {
        return hub.db()
                .sql("select count(*) from track_guess")
                .query(Long.class)
                .single();
    }

    @Test
    void of_hundreds_of_guesses_at_once_few_are_looked_at() throws Exception {
        var guesses = hub.bean(Guesses.class);
        String code = Filed.today() + "-burst";
        int many = 200;
        var looked = new AtomicInteger();
        var refused = new AtomicInteger();
        var allIn = new CountDownLatch(many);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String address = "2001:db8:" + Integer.toHexString(i) + "::3";
            var guess = new Thread(() -> {
                try {
                    guesses.atCode(code, address, () -> {
                        looked.incrementAndGet();
                        allIn.countDown();
                        // As slow as a database that many ask: no guess is judged before all have come.
                        try {
                            allIn.await(20, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return Optional.empty();
                    });
                } catch (TooManyAttempts e) {
                    refused.incrementAndGet();
                    allIn.countDown();
                }
            });
            guess.start();
            all.add(guess);
        }
        for (Thread one : all) {
            one.join();
        }

        assertThat(looked).hasValue(20);
        assertThat(refused).hasValue(many - 20);
    }

    @Test
    void a_guess_that_was_right_or_could_not_be_looked_at_does_not_count() {
        var guesses = hub.bean(Guesses.class);
        String code = Filed.today() + "-right";
        for (int i = 0; i < 30; i++) {
            String address = "2001:db8:" + i + "::4";
            assertThat(guesses.atCode(code, address, () -> Optional.of("right")))
                    .isPresent();
            assertThatThrownBy(() -> guesses.atCode(code, address, () -> {
                        throw new IllegalStateException("no database");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(guesses.atCode(code, "2001:db8::4", WRONG)).isEmpty();
    }

    @Test
    void the_right_digits_are_not_told_from_the_wrong_ones_once_too_many_of_an_address_were_wrong() {
        var guesses = hub.bean(Guesses.class);
        String code = Filed.today() + "-among";
        assertThatThrownBy(() -> guesses.atCode(code, "2001:db8:1::5", () -> {
                    for (int i = 0; i < 5; i++) {
                        guesses.atCode(code, "2001:db8:1::5", WRONG);
                    }
                    return Optional.of("right");
                }))
                .isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void whoever_guesses_at_a_code_shuts_out_that_code_and_nobody_who_has_a_link() {
        var guesses = hub.bean(Guesses.class);
        String code = filed();
        String link = link(code);
        String door = hub.bean(Dossiers.class).named(code).orElseThrow().toString();
        for (int i = 0; i < 20; i++) {
            guesses.atCode(door, "2001:db8:" + i + "::2", WRONG);
        }

        assertThat(find(code, "0001").status()).as("by the code").isEqualTo(429);
        View view = hub.bean(Asking.class).view(link, 1).orElseThrow();
        assertThat(hub.bean(Asking.class).knows(view, "0001", "2001:db8:99::2"))
                .as("by the link")
                .isTrue();
    }

    @Test
    void whoever_guesses_shuts_out_neither_others_of_that_address_nor_who_signs_in_there() {
        var guesses = hub.bean(Guesses.class);
        String address = "198.51.100.7";
        for (int i = 0; i < 60; i++) {
            assertThat(guesses.atCode("made-up-" + i, address, WRONG)).isEmpty();
        }

        assertThat(guesses.atCode("another", address, () -> Optional.of("right")))
                .isPresent();
        assertThatCode(() -> hub.bean(Attempts.class).admit("a new clerk", address))
                .doesNotThrowAnyException();
        // What was guessed is forgotten little by little, also while it is guessed here.
        assertThatThrownBy(() -> {
                    for (int i = 60; i < 1000; i++) {
                        guesses.atCode("made-up-" + i, address, WRONG);
                    }
                })
                .isInstanceOf(TooManyAttempts.class);
        assertThatThrownBy(() -> guesses.atCode("another", address, () -> Optional.of("right")))
                .isInstanceOf(TooManyAttempts.class);
        View view = hub.bean(Asking.class).view(link(filed()), 1).orElseThrow();
        assertThat(hub.bean(Asking.class).knows(view, "0001", address))
                .as("behind a link")
                .isTrue();
    }
}
