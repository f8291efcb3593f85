package vn.bocau.wire.soap;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.http.access.CountedRefusals;

/** {@code /ws}: open to HTTP, because who speaks is made sure in the envelope, by WS-Security. */
@Configuration
class SoapAccess {

    @Bean
    @Order(40)
    SecurityFilterChain soapArea(HttpSecurity http, Refusals refusals) {
        return http.securityMatcher("/ws/agency")
                .addFilterAfter(new CountedRefusals(refusals, "soap"), SecurityContextHolderFilter.class)
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .build();
    }
}
