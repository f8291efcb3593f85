package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a monitor sees of refused rows, with the order of states of application.yaml. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DegradedHealthTest {

    private final ApplicationContextRunner hub = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(
                    HealthContributorAutoConfiguration.class,
                    HealthContributorRegistryAutoConfiguration.class,
                    HealthEndpointAutoConfiguration.class))
            // Readiness also asks the database, which is not part of this.
            .withPropertyValues("management.endpoint.health.validate-group-membership=false")
            .withBean(ReferenceFiles.class)
            .withBean("directories", FileDirectories.class);

    @Test
    void with_every_row_taken_the_hub_is_up() {
        hub.run(started ->
                assertThat(status(started.getBean(HealthEndpoint.class))).isEqualTo("UP"));
    }

    @Test
    void with_a_row_refused_the_hub_is_degraded(@TempDir Path folder) throws IOException {
        References.write(folder, "fees.csv", "procedure,channel,amount,valid_from,valid_to\nwrong,FAX,1,2025-07-01,\n");

        hub.withPropertyValues("bocau.reference=" + folder)
                .run(started -> assertThat(status(started.getBean(HealthEndpoint.class)))
                        .isEqualTo("DEGRADED"));
    }

    private static String status(HealthEndpoint health) {
        return health.health().getStatus().getCode();
    }
}
