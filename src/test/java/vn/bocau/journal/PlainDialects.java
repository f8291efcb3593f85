package vn.bocau.journal;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where no dialect is spoken yet, everything is confirmed by nobody. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "test.partner.url", matchIfMissing = true, havingValue = "none")
@ConditionalOnMissingClass("vn.bocau.wire.out.Dialects")
class PlainDialects {

    public static final class Agreeing {

        public String speak(Sending sending) {
            return "ok";
        }
    }

    @Bean
    Agreeing dialects() {
        return new Agreeing();
    }
}
