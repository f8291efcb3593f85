package vn.bocau.wire.http.signin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import vn.bocau.wire.http.people.Accounts;
import vn.bocau.wire.http.people.Passwords;

/** How people sign in, at whichever door: by name and password, slowed down after failures. */
@Configuration
class People {

    @Bean
    static PasswordEncoder hashes() {
        return Passwords.canonical(PasswordEncoderFactories.createDelegatingPasswordEncoder());
    }

    @Bean
    AuthenticationManager peopleByPassword(
            Accounts accounts, PasswordEncoder hashes, Attempts attempts, SignIns signIns) {
        var byPassword = new DaoAuthenticationProvider(accounts);
        byPassword.setPasswordEncoder(hashes);
        // That an account is disabled is told to its owner alone: to who knows the password.
        byPassword.setPreAuthenticationChecks(account -> {});
        byPassword.setPostAuthenticationChecks(account -> {
            if (!account.isEnabled()) {
                throw new DisabledException("disabled");
            }
        });
        return new ProviderManager(signIns.recorded(attempts.slowing(byPassword)));
    }
}
