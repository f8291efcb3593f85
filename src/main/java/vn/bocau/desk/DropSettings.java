package vn.bocau.desk;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.drop.*}: files of results that agencies without a back office drop.
 *
 * @param folder under which each agency whose row says {@code drop=folder} has a folder of its own
 * @param look how often is looked for new ones
 * @param quiet for how long nothing of a file may have changed before it is taken
 * @param keep for how long it is kept with its report once it was dealt with
 */
@ConfigurationProperties("bocau.drop")
record DropSettings(
        Path folder,
        @DefaultValue("2s") Duration look,
        @DefaultValue("30s") Duration quiet,
        @DefaultValue("30d") Duration keep) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEARS = Duration.ofDays(3650);

    DropSettings {
        Bounds.check("BOCAU_DROP_LOOK", look, SHORTEST, LONGEST);
        Bounds.check("BOCAU_DROP_QUIET", quiet, SHORTEST, LONGEST);
        Bounds.check("BOCAU_DROP_KEEP", keep, DAY, YEARS);
    }
}
