package vn.bocau.wire.http.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How people sign in, at whichever door: by name and password, slowed down after failures. */
@Configuration
class People {

    private static final Logger LOG = LoggerFactory.getLogger(People.class);

    @Bean
    static PasswordEncoder hashes() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    AuthenticationManager peopleByPassword(Accounts accounts, PasswordEncoder hashes, Attempts attempts) {
        var byPassword = new DaoAuthenticationProvider(accounts);
        byPassword.setPasswordEncoder(hashes);
        return new ProviderManager(attempts.slowing(byPassword));
    }

    /**
     * The account that can do something about there being no other: {@code bocau.administrator.name} with
     * {@code bocau.administrator.password}. An account of that name that is there already stays as it is.
     */
    @Bean
    ApplicationRunner firstAdministrator(JdbcClient db, PasswordEncoder hashes, Environment environment) {
        return arguments -> {
            String name = environment.getProperty("bocau.administrator.name", "quan-tri");
            String password = environment.getProperty("bocau.administrator.password", "");
            if (password.isBlank()) {
                return;
            }
            int made = db.sql("insert into account (name, password, role) values (:name, :password, 'ADMINISTRATOR')"
                            + " on conflict (name) do nothing")
                    .param("name", name)
                    .param("password", hashes.encode(password))
                    .update();
            LOG.info(made == 1 ? "Made the administrator's account" : "The administrator's account is there already");
        };
    }
}
