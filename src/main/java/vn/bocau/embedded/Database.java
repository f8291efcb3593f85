package vn.bocau.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/** Our own PostgreSQL, unless {@code bocau.db.url} names another. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("bocau.embedded.database")
class Database {

    @Bean(destroyMethod = "close")
    EmbeddedPostgresServer embeddedPostgres(Environment environment, ObjectProvider<EarlyPostgres.Start> early) {
        EarlyPostgres.Start begun = early.getIfAvailable();
        return begun == null ? start(environment) : begun.await();
    }

    static EmbeddedPostgresServer start(Environment environment) {
        DataFolder data = DataFolder.of(environment);
        try {
            return EmbeddedPostgresServer.start(data, Duration.ofMinutes(1), () -> System.exit(1));
        } catch (IOException | IllegalStateException e) {
            throw notStarted(data.resolve("postgresql"), e);
        }
    }

    private static Misconfigured notStarted(Path cluster, Exception why) {
        String reason = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
        return new Misconfigured(
                new Text(
                        "PostgreSQL đi kèm không khởi động được trên " + cluster + " (BOCAU_DATA): " + reason,
                        "The PostgreSQL inside cannot be started on " + cluster + " (BOCAU_DATA): " + reason),
                new Text(
                        "xem đĩa còn chỗ không; khôi phục cả thư mục BOCAU_DATA từ bản sao lưu, hoặc đặt BOCAU_DATA thành"
                                + " thư mục khác.",
                        "see whether the disk has room; restore the whole folder of BOCAU_DATA from a backup, or name"
                                + " another."));
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
