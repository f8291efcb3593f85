package vn.bocau.wire.http.carrier;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.http.ProblemWriter;
import vn.bocau.wire.http.access.CountedRefusals;

/** {@code /carrier}: each carrier proves itself in its own way, some within what they say, so the door looks itself. */
@Configuration
class CarrierAccess {

    @Bean
    @Order(28)
    SecurityFilterChain carrierArea(HttpSecurity http, ProblemWriter problems, Refusals refusals) {
        return http.securityMatcher("/carrier/**")
                .addFilterAfter(new CountedRefusals(refusals, "carrier"), SecurityContextHolderFilter.class)
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(all -> all.requestMatchers(HttpMethod.POST, "/carrier/*/events")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(e -> e.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .build();
    }
}
