package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static vn.bocau.dossier.Domain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Refused;
import vn.bocau.journal.Inbound;

/** What came under a code that nobody had mapped is read once, as what it means on its way, whatever becomes known later. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnmappedTest {

    private static final String CARRIER = "carrier-x";

    private final Domain at = new Domain();
    private final Unmapped unmapped = Domain.bean(Unmapped.class);

    @BeforeEach
    void asked() {
        at.accept(at.both());
    }

    @Test
    void it_is_read_as_what_it_means_on_the_way_in_or_not_at_all() {
        at.office("PICKUP", "carrier", CARRIER);
        String item = at.item("PICKUP");
        UUID unknown = heard(item, "in", null);
        Unmapped.Said said = unmapped.said(unknown, false).get(0);

        assertThat(catchThrowableOfType(
                                Refused.class,
                                () -> unmapped.read(unknown, meaning(said, "DELIVERED", "UNKNOWN"), "truc-ca", "x"))
                        .code())
                .isEqualTo("still-unmapped");
        assertThat(codes(item)).containsExactly("UNKNOWN");
        assertThat(unmapped.said(unknown, false)).hasSize(1);

        unmapped.read(unknown, meaning(said, "UNKNOWN", "PICKUP_ACCEPTED"), "truc-ca", "x");
        assertThat(codes(item)).containsExactly("UNKNOWN", "PICKUP_ACCEPTED");
        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
        assertThat(unmapped.said(unknown, false)).isEmpty();
    }

    @Test
    void what_was_read_before_its_item_was_known_is_not_to_be_read_once_more_when_it_is() {
        Domain far = new Domain();
        ObjectNode asked = far.resultAlone();
        ((ObjectNode) asked.path("result")).set("receiver", Domain.party("19681"));
        far.accept(asked);
        String label = Domain.label();
        UUID unknown = heard(label, "early", null);
        Inbound in = meaning(unmapped.said(unknown, false).get(0), "FACILITY_IN", null);
        unmapped.read(unknown, in, "truc-ca", "x");
        assertThat(codes(label)).containsExactly("UNKNOWN", "FACILITY_IN");

        far.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\"}]}", far.code, label));

        assertThat(Domain.hub()
                        .db()
                        .sql("select count(*) from handling where id = ? and leg is not null and conflict is null")
                        .param(unknown)
                        .query(Integer.class)
                        .single())
                .as("nothing is doubted of it any more")
                .isEqualTo(1);
        assertThat(unmapped.said(unknown, false)).isEmpty();
        assertThat(Domain.bean(Oversight.class).toLookAt(null, CARRIER, null, 200))
                .extracting(Oversight.ToLookAt::id)
                .doesNotContain(unknown);
    }

    @Test
    void what_a_supervisor_looks_at_does_not_hold_up_the_others_of_its_code() {
        UUID first = heard(Domain.label(), "many", null);
        UUID supervised = heard(Domain.label(), "many", "520100");
        UUID last = heard(Domain.label(), "many", null);

        assertThat(unmapped.said(last, true))
                .extracting(Unmapped.Said::handling)
                .containsExactly(first, last);
        Inbound in = meaning(unmapped.said(supervised, false).get(0), "FACILITY_IN", null);
        assertThat(catchThrowableOfType(Refused.class, () -> unmapped.read(supervised, in, "truc-ca", "x"))
                        .code())
                .isEqualTo("for-supervisor");
    }

    /** Whatever else came in the meantime: of a carrier there may be millions. */
    @Test
    void the_message_is_found_by_when_it_was_answered_and_not_among_all_of_them() {
        UUID unknown = heard(Domain.label(), "one", null);
        Domain.hub().db().sql("""
                        insert into message (id, direction, partner, key, kind, body, answer, state)
                        select gen_random_uuid(), 'IN', 'carrier-x', 'other-' || n, 'carrier.event', '{}',
                            '{"recordedAt": "' || n || '"}', 'RECEIVED' from generate_series(1, 5000) n
                        """).update();
        Domain.hub().db().sql("analyze message").update();

        assertThat(unmapped.said(unknown, false)).hasSize(1);
        assertThat(Domain.hub()
                        .db()
                        .sql("explain " + Unmapped.SAID)
                        .param("id", unknown)
                        .param("alike", true)
                        .param("offices", new String[0])
                        .param("most", 100)
                        .query(String.class)
                        .list())
                .anySatisfy(line -> assertThat(line).contains("message_carried"));
        Domain.hub()
                .db()
                .sql("delete from message where partner = 'carrier-x' and key like 'other-%'")
                .update();
    }

    /** What a person has to look at now. */
    private static UUID heard(String item, String raw, @Nullable String office) {
        ObjectNode event = Domain.JSON.createObjectNode();
        event.put("orderNumber", item)
                .put("code", "UNKNOWN")
                .put("rawCode", raw)
                .put("office", office)
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
        JsonNode answer = Domain.bean(Handlings.class)
                .heard(Domain.in(CARRIER, "carrier.event", event))
                .answer();
        assertThat(answer.has("recordedAt")).isTrue();
        return Domain.hub()
                .db()
                .sql("select id from handling where item = ? and raw_code = ?")
                .param(item)
                .param(raw)
                .query(UUID.class)
                .single();
    }

    /** As the mappings of now have it. */
    private static Inbound meaning(Unmapped.Said said, String code, @Nullable String inbound) {
        return said.in()
                .with(((ObjectNode) said.in().payload().deepCopy())
                        .put("code", code)
                        .put("inbound", inbound));
    }

    private static List<String> codes(String item) {
        return Domain.hub()
                .db()
                .sql("select code from handling where item = ? and source = 'carrier-x' order by seq")
                .param(item)
                .query(String.class)
                .list();
    }
}
