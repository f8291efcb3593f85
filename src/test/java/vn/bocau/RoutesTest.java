package vn.bocau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.stereotype.Component;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.out.Carriers;

/**
 * Each stretch of routes/ by itself, as Camel runs it: that every bean has the method it names, what a failure at any of
 * its steps leads to, and what its conditions let through. The calls are noted and not made; what they do is tested where
 * the beans are.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RoutesTest extends CamelTestSupport {

    /** Who looks at a failure, by the route's policy; at that of an answer, whoever waits for it. */
    private static final Map<String, String> REMEDIES =
            Map.of("park", "parking.park", "line", "lines.failed", "again", "parking.again");

    /** Whose kind is a door that asks for nothing. */
    private static final Inbound MESSAGE =
            new Inbound("p", "k", "ngsp.tracking", JsonNodeFactory.instance.objectNode());

    private final Steps steps = new Steps();

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties clocks = new Properties();
        List.of(
                        "bocau.relay.sweep",
                        "bocau.carriers.period",
                        "bocau.carriers.delay",
                        "bocau.holds.look",
                        "bocau.notices.look")
                .forEach(clock -> clocks.put(clock, "1"));
        configuration.withUseOverridePropertiesWithPropertiesComponent(clocks);
    }

    @Override
    protected void bindToRegistry(Registry registry) throws Exception {
        for (Map.Entry<String, Class<?>> bean : beans().entrySet()) {
            registry.bind(bean.getKey(), mock(bean.getValue()));
        }
        when(registry.lookupByNameAndType("carriers", Carriers.class).next()).thenReturn(List.of("p", "q"));
    }

    /** What a clock, a broker or another thread begins is begun by the test. */
    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camel = super.createCamelContext();
        camel.getCamelContextExtension().addInterceptStrategy(steps);
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.sorted().toList()) {
                PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file));
            }
        }
        camel.addRouteFromTemplate("line", "line", Map.of("queue", "p", "consumers", "1"));
        camel.addRouteFromTemplate("queue-in", "queue-in", Map.of("partner", "p"));
        for (RouteDefinition route : routes(camel)) {
            if (!route.getInput().getEndpointUri().startsWith("direct:")) {
                route.getInput().setUri("direct:" + route.getId());
            }
        }
        return camel;
    }

    @Test
    void a_failure_at_any_step_ends_in_the_policy_of_its_route_and_nothing_runs_after_it() {
        for (RouteDefinition route : routes(context)) {
            run(route);
            List<String> whole = List.copyOf(steps.ran);
            String remedy = REMEDIES.get(route.getRouteConfigurationId());
            // What a mend tries once more goes wrong by itself, and is told to the mend; the others go on.
            int last = route.getRouteId().equals("mends") ? 1 : whole.size();
            for (int failing = 0; failing < last; failing++) {
                steps.failing = failing;
                Exchange ended = run(route);
                List<String> until = new ArrayList<>(whole.subList(0, failing + 1));
                if (remedy == null) {
                    assertThat(ended.getException())
                            .as("who waits for %s hears of %s", route.getId(), until)
                            .isSameAs(steps.failure);
                } else {
                    until.add(remedy);
                    assertThat(ended.getException()).as(route.getId()).isNull();
                }
                assertThat(steps.ran).as(route.getId()).isEqualTo(until);
            }
            steps.failing = Integer.MAX_VALUE;
        }
    }

    @Test
    void every_route_does_something() {
        for (RouteDefinition route : routes(context)) {
            run(route);

            if (!List.of("carrier-feeds", "result-files-look").contains(route.getId())) {
                assertThat(steps.ran).as(route.getId()).isNotEmpty();
            }
        }
    }

    @Test
    void a_worthless_ticket_is_neither_spoken_nor_confirmed() {
        steps.answers.put("lines.claim", exchange -> exchange.getMessage().setBody(null));

        run("line");

        assertThat(steps.ran).containsExactly("lines.claim");
    }

    @Test
    void a_message_out_that_tries_again_is_left_to_its_line() {
        steps.answers.put("acts.retry", exchange -> exchange.getMessage().setBody("no message in"));

        run("parked-retry");

        assertThat(steps.ran).containsExactly("acts.retry");
    }

    @Test
    void each_carrier_is_asked_by_itself() {
        run("carrier-feeds");

        assertThat(context.getEndpoints().stream()
                        .filter(SedaEndpoint.class::isInstance)
                        .flatMap(turns -> ((SedaEndpoint) turns).getQueue().stream())
                        .map(turn -> turn.getMessage().getBody(String.class)))
                .containsExactly("p", "q");
    }

    @Test
    void what_a_broker_brings_loses_its_headers_at_the_border() {
        for (String border : List.of("line", "queue-in")) {
            run(border);

            assertThat(steps.headers).as(border).isEmpty();
        }
    }

    private void run(String id) {
        run(context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(id));
    }

    private Exchange run(RouteDefinition route) {
        steps.ran.clear();
        steps.headers.clear();
        return template.send(route.getInput().getEndpointUri(), exchange -> {
            exchange.getMessage().setBody(MESSAGE);
            exchange.getMessage().setHeader("CamelHttpUri", "http://elsewhere.example");
            exchange.getMessage().setHeader("citizen", "Nguyễn Văn A");
        });
    }

    private static List<RouteDefinition> routes(CamelContext camel) {
        return camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
    }

    /** All of ours that have a name. */
    private static Map<String, Class<?>> beans() throws ClassNotFoundException {
        Map<String, Class<?>> named = new HashMap<>();
        for (var found : new ClassPathScanningCandidateComponentProvider(true).findCandidateComponents("vn.bocau")) {
            Class<?> type = Class.forName(found.getBeanClassName());
            Component component = type.getAnnotation(Component.class);
            if (component != null && !component.value().isEmpty()) {
                named.put(component.value(), type);
            }
        }
        return named;
    }

    /** The calls of beans, noted instead of made. */
    private static final class Steps implements InterceptStrategy {

        private final List<String> ran = new ArrayList<>();
        private final Set<String> headers = new TreeSet<>();
        private final Map<String, Consumer<Exchange>> answers = new HashMap<>();
        private final RuntimeException failure = new IllegalStateException("the test wants it so");
        private int failing = Integer.MAX_VALUE;

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext camel, NamedNode node, Processor target, Processor next) {
            String step = step(node);
            return step == null
                    ? target
                    : new DelegateAsyncProcessor(target) {
                        @Override
                        public boolean process(Exchange exchange, AsyncCallback callback) {
                            headers.addAll(exchange.getMessage().getHeaders().keySet());
                            ran.add(step);
                            if (ran.size() == failing + 1) {
                                exchange.setException(failure);
                            } else {
                                answers.getOrDefault(step, noted -> {}).accept(exchange);
                            }
                            callback.done(true);
                            return true;
                        }
                    };
        }

        private static @Nullable String step(NamedNode node) {
            if (node instanceof BeanDefinition bean) {
                return bean.getRef() + "." + bean.getMethod().replaceAll("\\(.*", "");
            }
            return node instanceof ToDefinition to && to.getUri().startsWith("bean:") ? to.getUri() : null;
        }
    }
}
