package vn.bocau.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Our own PostgreSQL, unless {@code bocau.db.url} names another. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("bocau.embedded.database")
class Database {

    @Bean(destroyMethod = "close")
    EmbeddedPostgresServer embeddedPostgres(Environment environment) throws IOException, SQLException {
        return EmbeddedPostgresServer.start(DataFolder.of(environment), Duration.ofMinutes(1), () -> System.exit(1));
    }

    @Bean
    JdbcConnectionDetails connectionDetails(EmbeddedPostgresServer postgres) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return EmbeddedPostgresServer.USER;
            }

            @Override
            public String getPassword() {
                return postgres.password();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.url();
            }
        };
    }
}
