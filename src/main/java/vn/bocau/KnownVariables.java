package vn.bocau;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The variables {@code BOCAU_…} that have an effect: what {@code application.yaml} and the settings' records name. */
final class KnownVariables {

    private static final String OURS = "BOCAU_";

    /** Read by the script or by the name they have in the environment, so they stand in no file. */
    private static final Set<String> BESIDES = Set.of("BOCAU_SANDBOX", "BOCAU_JAVA_OPTS");

    /** What follows is the name of a secret or of an area. */
    private static final Set<String> BEGINNINGS = Set.of("BOCAU_SECRETS_", "BOCAU_HTTP_MAXBODYOF_");

    private final Set<String> known = new TreeSet<>(BESIDES);

    KnownVariables(ConfigurableEnvironment environment, Collection<Class<?>> records) {
        environment.getPropertySources().stream()
                .filter(source -> !(source instanceof SystemEnvironmentPropertySource))
                .flatMap(source -> source instanceof EnumerablePropertySource<?> names
                        ? Stream.of(names.getPropertyNames())
                        : Stream.empty())
                .map(KnownVariables::variable)
                .filter(name -> name.startsWith(OURS) && BEGINNINGS.stream().noneMatch(name::startsWith))
                .forEach(known::add);
        for (Class<?> type : records) {
            for (RecordComponent component : type.getRecordComponents()) {
                known.add(variable(SettingsRecords.prefix(type) + "." + component.getName()));
            }
        }
    }

    /** What the names that are ours but unknown were perhaps meant to be. */
    Map<String, String> unknown(Set<String> variables) {
        Map<String, String> nearest = new TreeMap<>();
        for (String variable : variables) {
            if (variable.startsWith(OURS) && !isKnown(variable)) {
                nearest.put(variable, nearest(variable));
            }
        }
        return nearest;
    }

    /** Spring takes {@code BOCAU_LINE_FIRST_PROBE} as well as {@code BOCAU_LINE_FIRSTPROBE}. */
    private boolean isKnown(String variable) {
        return BEGINNINGS.stream().anyMatch(variable::startsWith)
                || known.stream().anyMatch(name -> name.replace("_", "").equals(variable.replace("_", "")));
    }

    private String nearest(String variable) {
        var distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.comparingInt(name -> distance.apply(name, variable)))
                .orElseThrow();
    }

    /** As a property is written in the environment. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
    }
}
