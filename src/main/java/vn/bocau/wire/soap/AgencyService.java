package vn.bocau.wire.soap;

import java.util.HashMap;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.spring.SpringBus;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.transport.servlet.CXFServlet;
import org.apache.cxf.ws.security.SecurityConstants;
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.cache.MemoryReplayCache;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import vn.bocau.directory.Directories;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.mapping.Mappings;

/** Publishes the agencies' SOAP service at {@code /ws/agency}. */
@Configuration(proxyBeanMethods = false)
class AgencyService {

    /** How old a Timestamp or a nonce may be, in seconds. */
    private static final String FRESH = "300";

    @Bean(name = Bus.DEFAULT_BUS_ID, destroyMethod = "shutdown")
    SpringBus cxf() {
        return new SpringBus();
    }

    @Bean
    ServletRegistrationBean<CXFServlet> soapServlet(Bus bus) {
        var servlet = new CXFServlet();
        servlet.setBus(bus);
        var registration = new ServletRegistrationBean<>(servlet, "/ws/*");
        registration.addInitParameter("hide-service-list-page", "true");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<KnownCharset> soapCharset() {
        var filter = new FilterRegistrationBean<>(new KnownCharset());
        filter.addUrlPatterns("/ws/*");
        return filter;
    }

    @Bean
    EndpointImpl agencyEndpoint(
            Bus bus,
            AgencySchema schema,
            Directories directories,
            Secrets secrets,
            Attempts attempts,
            Entrance entrance,
            Mappings mappings) {
        var endpoint = new EndpointImpl(bus, new AgencyEndpoint(schema, directories, entrance, mappings));
        endpoint.setProperties(limits(attempts, directories));
        endpoint.getInInterceptors().add(new NoAttachments());
        endpoint.getInInterceptors().add(new WSS4JInInterceptor(security(directories, secrets)));
        endpoint.getInInterceptors().add(new OneOperation());
        endpoint.getOutFaultInterceptors().add(new AgencyFaults());
        endpoint.publish("/agency");
        return endpoint;
    }

    /** A batch of 500 results fits amply; what would only keep the parser busy does not. */
    private static Map<String, Object> limits(Attempts attempts, Directories directories) {
        Map<String, Object> limits = new HashMap<>();
        limits.put("org.apache.cxf.stax.maxElementDepth", "30");
        limits.put("org.apache.cxf.stax.maxChildElements", "1000");
        limits.put("org.apache.cxf.stax.maxElementCount", "20000");
        limits.put("org.apache.cxf.stax.maxTextLength", "20000");
        limits.put("org.apache.cxf.stax.maxAttributeCount", "50");
        // In memory: a nonce is worth five minutes, and the default store keeps a file of them.
        limits.put(SecurityConstants.NONCE_CACHE_INSTANCE, new MemoryReplayCache());
        limits.put(SecurityConstants.USERNAME_TOKEN_VALIDATOR, new SlowedTokens(attempts, directories));
        // Refusals are answers, not incidents; our own bugs are logged where they become a fault.
        limits.put(FaultListener.class.getName(), (FaultListener) (exception, description, message) -> false);
        return limits;
    }

    private static Map<String, Object> security(Directories directories, Secrets secrets) {
        Map<String, Object> security = new HashMap<>();
        security.put(
                ConfigurationConstants.ACTION,
                ConfigurationConstants.USERNAME_TOKEN + " " + ConfigurationConstants.TIMESTAMP);
        security.put(ConfigurationConstants.PASSWORD_TYPE, "PasswordDigest");
        security.put(ConfigurationConstants.TTL_TIMESTAMP, FRESH);
        security.put(ConfigurationConstants.TTL_USERNAMETOKEN, FRESH);
        security.put(ConfigurationConstants.REQUIRE_TIMESTAMP_EXPIRES, "true");
        CallbackHandler passwords = callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof WSPasswordCallback asked) {
                    directories
                            .current()
                            .partnerByClientId(asked.getIdentifier())
                            .flatMap(secrets::of)
                            .ifPresent(asked::setPassword);
                }
            }
        };
        security.put(ConfigurationConstants.PW_CALLBACK_REF, passwords);
        return security;
    }
}
