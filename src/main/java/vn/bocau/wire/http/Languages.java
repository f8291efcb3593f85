package vn.bocau.wire.http;

import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * Vietnamese first. English for who says so: by the switch on a page ({@code ?lang=en}, kept in a cookie), else by
 * {@code Accept-Language}.
 */
@Configuration
class Languages implements WebMvcConfigurer {

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    @Bean
    static LocaleResolver localeResolver() {
        var asked = new AcceptHeaderLocaleResolver();
        asked.setSupportedLocales(List.of(VIETNAMESE, Locale.ENGLISH));
        asked.setDefaultLocale(VIETNAMESE);
        var chosen = new CookieLocaleResolver("lang");
        chosen.setRejectInvalidCookies(false);
        chosen.setCookieHttpOnly(true);
        chosen.setCookieSameSite("Lax");
        chosen.setDefaultLocaleFunction(asked::resolveLocale);
        return chosen;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var byParameter = new LocaleChangeInterceptor();
        byParameter.setParamName("lang");
        byParameter.setIgnoreInvalidLocale(true);
        registry.addInterceptor(byParameter)
                .excludePathPatterns("/api/**", "/ngsp/**", "/carrier/**", "/ws/**", "/oauth2/**");
    }
}
