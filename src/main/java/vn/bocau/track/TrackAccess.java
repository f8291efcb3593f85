package vn.bocau.track;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * {@code /track}: citizens, who have no account and no session. The forms that change something are guarded by names of
 * their own ({@link Forms}).
 */
@Configuration
class TrackAccess {

    @Bean
    @Order(28)
    SecurityFilterChain trackArea(HttpSecurity http) {
        return http.securityMatcher("/track", "/track/**")
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(all -> all.requestMatchers(
                                HttpMethod.GET, "/track", "/track/*", "/track/*/*/*", "/track/*/*/*/done")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/track", "/track/*/*/*")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }
}
