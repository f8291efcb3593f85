package vn.bocau.embedded;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Starts our own PostgreSQL, if we have one, and brings its schema up to date on a thread of its own, while the hub still
 * finds out what it consists of: a quarter of the time until it is ready. Whoever asks for the database first waits for
 * it, and is told what went wrong.
 */
public final class EarlyPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String NAME = "earlyPostgres";

    @Override
    public void initialize(ConfigurableApplicationContext hub) {
        Environment environment = hub.getEnvironment();
        if (environment.getProperty("bocau.embedded.database", Boolean.class, false)) {
            var start = new Start(environment);
            var beans = (DefaultListableBeanFactory) hub.getBeanFactory();
            beans.registerSingleton(NAME, start);
            beans.registerDisposableBean(NAME, start);
            new Thread(start.server, "postgresql-start").start();
        }
    }

    /** Under way, or done. */
    static final class Start implements DisposableBean {

        private final FutureTask<EmbeddedPostgresServer> server;

        private Start(Environment environment) {
            this.server = new FutureTask<>(() -> {
                EmbeddedPostgresServer started = Database.start(environment);
                try {
                    migrate(started);
                } catch (RuntimeException e) {
                    started.close();
                    throw e;
                }
                return started;
            });
        }

        /** By Flyway's own defaults, which are those of the hub's: there it finds all of it done, and checks it. */
        static void migrate(EmbeddedPostgresServer started) {
            DataSource database =
                    new DriverManagerDataSource(started.url(), EmbeddedPostgresServer.USER, started.password());
            Durability.check(JdbcClient.create(database));
            Flyway.configure().dataSource(database).load().migrate();
        }

        /** Waits for it. */
        EmbeddedPostgresServer await() {
            try {
                return server.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while PostgreSQL starts", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException why) {
                    throw why;
                }
                throw new CompletionException(e.getCause());
            }
        }

        /** Also where the hub's start has failed before anybody asked for it: nobody else would stop it. */
        @Override
        public void destroy() throws Exception {
            try {
                server.get().close();
            } catch (ExecutionException failed) {
                // There is nothing to stop, and whoever waited for it was told why.
            }
        }
    }
}
