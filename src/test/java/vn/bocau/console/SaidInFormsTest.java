package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.wire.http.Why;

/** A form brings what no JSON could: PostgreSQL keeps no zero, and nobody can read what turns the line around. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SaidInFormsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0001b", "a\u202Eb", "a\uD800b"})
    void what_cannot_be_kept_is_refused_by_its_field(String said) {
        assertThat(catchThrowableOfType(Refused.class, () -> Why.said(said)).flaws())
                .extracting(Refused.Flaw::field)
                .containsExactly("/reason");
        var routes = new FailureRoutes(new DefaultCamelContext());
        var ask = new MendAsk(null, null, said, said, said, null, null, null, null, null, null, null);
        for (List<Refused.Flaw> flaws : List.of(
                catchThrowableOfType(Refused.class, () -> ask.wanted(routes)).flaws(),
                catchThrowableOfType(Refused.class, () -> ask.chosen(routes)).flaws())) {
            assertThat(flaws).extracting(Refused.Flaw::field).containsExactly("/code", "/partner", "/kind");
        }
    }
}
