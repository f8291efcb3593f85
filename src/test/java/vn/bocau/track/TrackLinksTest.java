package vn.bocau.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Misconfigured;

/** What a link and a form show of who has them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrackLinksTest {

    private static final UUID DOSSIER = UUID.fromString("018f6b1e-7c2a-7000-8000-000000000001");
    private static final String TELEPHONE = "0900000001";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 28);
    private static final TrackKey KEY = key();

    private final TrackLinks links = new TrackLinks(KEY, new TrackSettings(URI.create("https://post.example/track")));
    private final Forms forms = new Forms(KEY);

    private static TrackKey key() {
        try {
            RSAKey signing = new RSAKeyGenerator(2048).generate();
            return new TrackKey(signing);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_link_that_was_sent_shows_its_telephone_for_two_weeks_and_the_dossier_ever_after() {
        TrackLinks.Opened opened =
                links.read(links.sent(DOSSIER, TELEPHONE, DAY)).orElseThrow();

        assertThat(opened.dossier()).isEqualTo(DOSSIER);
        assertThat(links.shows(opened, TELEPHONE, DAY)).isTrue();
        assertThat(links.shows(opened, TELEPHONE, DAY.plusDays(14))).isTrue();
        assertThat(links.shows(opened, TELEPHONE, DAY.plusDays(15))).isFalse();
        assertThat(links.shows(opened, "0900000002", DAY)).isFalse();
        assertThat(links.sentTo(DOSSIER, TELEPHONE, DAY))
                .isEqualTo("https://post.example/track/" + links.sent(DOSSIER, TELEPHONE, DAY));
    }

    @Test
    void a_link_to_look_at_shows_the_dossier_and_on_no_day_the_telephone() {
        String link = links.toLookAt(DOSSIER, TELEPHONE);
        TrackLinks.Opened opened =
                links.read(link.substring(link.lastIndexOf('/') + 1)).orElseThrow();

        assertThat(opened.dossier()).isEqualTo(DOSSIER);
        assertThat(links.shows(opened, TELEPHONE, LocalDate.of(2026, 1, 1))).isFalse();
        assertThat(links.names(opened, TELEPHONE, LocalDate.of(2026, 1, 1))).isFalse();
        assertThat(links.names(opened, TELEPHONE, DAY)).isFalse();
        assertThat(links.shows(opened, TELEPHONE, DAY)).isFalse();
    }

    @Test
    void a_link_to_read_names_papers_for_two_weeks_and_shows_on_no_day_the_telephone() {
        String link = links.toRead(DOSSIER, TELEPHONE, DAY);
        TrackLinks.Opened opened =
                links.read(link.substring(link.lastIndexOf('/') + 1)).orElseThrow();

        assertThat(opened.dossier()).isEqualTo(DOSSIER);
        assertThat(links.names(opened, TELEPHONE, DAY.plusDays(14))).isTrue();
        assertThat(links.names(opened, TELEPHONE, DAY.plusDays(15))).isFalse();
        assertThat(links.names(opened, "0900000002", DAY)).isFalse();
        assertThat(links.shows(opened, TELEPHONE, DAY)).isFalse();
    }

    @Test
    void a_link_that_code_and_digits_lead_to_shows_no_telephone() {
        TrackLinks.Opened opened = links.read(links.of(DOSSIER)).orElseThrow();

        assertThat(opened.dossier()).isEqualTo(DOSSIER);
        assertThat(links.shows(opened, TELEPHONE, DAY)).isFalse();
    }

    @Test
    void of_a_link_no_letter_can_be_another() {
        String toRead = links.toRead(DOSSIER, TELEPHONE, DAY);
        for (String link : new String[] {
            links.of(DOSSIER), links.sent(DOSSIER, TELEPHONE, DAY), toRead.substring(toRead.lastIndexOf('/') + 1)
        }) {
            for (int i = 0; i < link.length(); i++) {
                for (char other : new char[] {'A', 'B', 'z', '_'}) {
                    String forged = link.substring(0, i) + other + link.substring(i + 1);
                    if (!forged.equals(link)) {
                        assertThat(links.read(forged)).as(forged).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void a_form_is_for_its_page_and_for_a_few_hours() {
        String form = forms.next("/track/x/1/day");

        assertThat(forms.isGood(form, "/track/x/1/day")).isTrue();
        assertThat(forms.isGood(form, "/track/x/2/day")).isFalse();
        assertThat(forms.isGood(form.substring(1) + "A", "/track/x/1/day")).isFalse();
        assertThat(forms.isGood("", "/track/x/1/day")).isFalse();
        assertThat(forms.isGood("!", "/track/x/1/day")).isFalse();
        assertThat(forms.isGood(
                        forms.next("/track/x/1/day", Instant.now().minusSeconds(4 * 3600 + 61)), "/track/x/1/day"))
                .isFalse();
        assertThat(forms.next("/track/x/1/day")).isNotEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/track",
                "https:track",
                "https://post.example/track/",
                "https://post.example/track?a=b",
                "https://a-name-that-is-far-too-long.example/track"
            })
    void an_address_that_would_not_do_in_a_message_ends_the_start(String base) {
        assertThatThrownBy(() -> new TrackSettings(URI.create(base)))
                .isInstanceOfSatisfying(
                        Misconfigured.class,
                        wrong -> assertThat(wrong.flaws().get(0).wrong().en()).contains("BOCAU_TRACK_BASE"));
    }
}
