package vn.bocau;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import vn.bocau.code.Flaws;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/** The records our settings are bound to, each tried value by value: a wrong one does not hide the next. */
final class SettingsRecords {

    /** Spring reads more than this, and the timers of {@code routes/} take some of that for 0 milliseconds. */
    private static final String TIME = "\\d{1,9}(ms|s|m|h|d)?";

    /** Looked for once: that reads every class. */
    private static final List<Class<?>> ALL = find();

    private final ConfigurableEnvironment environment;

    SettingsRecords(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** All of this program. */
    static List<Class<?>> all() {
        return ALL;
    }

    private static List<Class<?>> find() {
        var ours = new ClassPathScanningCandidateComponentProvider(false);
        ours.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return ours.findCandidateComponents("vn.bocau").stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
                .toList();
    }

    /** Of a record with settings. */
    static String prefix(Class<?> type) {
        return Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(type, ConfigurationProperties.class))
                .prefix();
    }

    void check(Flaws flaws) {
        all().forEach(type -> check(type, flaws));
    }

    private void check(Class<?> type, Flaws flaws) {
        Set<String> told = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String property = prefix(type) + "." + kebab(component.getName());
            if (!flaws.none(() -> checkTime(component, property)) || !flaws.none(() -> checkAlone(type, property))) {
                told.add(KnownVariables.variable(property) + " ");
            }
        }
        flaws.none(() -> checkTogether(type, told));
    }

    private void checkTogether(Class<?> type, Set<String> told) {
        try {
            bind(type, prefix(type));
        } catch (Misconfigured wrong) {
            List<Misconfigured.Flaw> others = wrong.flaws().stream()
                    .filter(flaw -> told.stream().noneMatch(flaw.wrong().en()::startsWith))
                    .toList();
            if (!others.isEmpty()) {
                throw new Misconfigured(others);
            }
        }
    }

    /** What is said of another value, one that is shipped, may be due to this one being alone: that comes with the whole. */
    private void checkAlone(Class<?> type, String property) {
        try {
            bind(type, property);
        } catch (Misconfigured wrong) {
            String begin = KnownVariables.variable(property) + " ";
            if (wrong.flaws().get(0).wrong().en().startsWith(begin)) {
                throw wrong;
            }
        }
    }

    private void checkTime(RecordComponent component, String property) {
        String value = environment.getProperty(property, "");
        if (component.getType() == Duration.class && !value.isEmpty() && !value.matches(TIME)) {
            throw noTime(KnownVariables.variable(property), value);
        }
    }

    /** With what was given below this property, and for the rest of the record what is shipped. */
    private void bind(Class<?> type, String property) {
        var record = ConfigurationPropertyName.of(prefix(type));
        var name = ConfigurationPropertyName.of(property);
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            boolean shipped = source.getUnderlyingSource() instanceof OriginTrackedMapPropertySource;
            sources.add(
                    shipped
                            ? source
                            : source.filter(asked ->
                                    !record.isAncestorOf(asked) || name.equals(asked) || name.isAncestorOf(asked)));
        }
        try {
            new Binder(sources, new PropertySourcesPlaceholdersResolver(environment))
                    .bindOrCreate(record.toString(), Bindable.of(type));
        } catch (BindException wrong) {
            throw new StartFailures(null).known(wrong).orElseThrow(() -> wrong);
        }
    }

    private static Misconfigured noTime(String variable, String value) {
        return new Misconfigured(
                new Text(
                        variable + " là “" + value + "”, không phải một khoảng thời gian.",
                        variable + " is \"" + value + "\", which is no length of time."),
                new Text(
                        "viết như 500ms, 10s, 5m, 2h, 10d; hoặc bỏ biến này đi.",
                        "write it as 500ms, 10s, 5m, 2h, 10d; or leave it out."));
    }

    private static String kebab(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
