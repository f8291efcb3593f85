package vn.bocau.sandbox;

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
import org.apache.wss4j.common.cache.ReplayCache;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the SOAP back office at {@code /agency/soap}; who speaks is made sure by WS-Security. */
@Configuration(proxyBeanMethods = false)
class SoapAgencyService {

    private static final String USER = "trung-tam-hcc";
    private static final String SECRET = "sandbox-soap-secret";

    @Bean(name = Bus.DEFAULT_BUS_ID, destroyMethod = "shutdown")
    SpringBus cxf() {
        return new SpringBus();
    }

    @Bean
    ServletRegistrationBean<CXFServlet> soapServlet(Bus bus) {
        var servlet = new CXFServlet();
        servlet.setBus(bus);
        var registration = new ServletRegistrationBean<>(servlet, Twin.CENTRE.path + "/*");
        registration.addInitParameter("hide-service-list-page", "true");
        return registration;
    }

    @Bean
    ReplayCache nonces() {
        return new MemoryReplayCache();
    }

    @Bean
    EndpointImpl soapAgency(Bus bus, Received received, ReplayCache nonces) {
        CallbackHandler passwords = callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof WSPasswordCallback asked && USER.equals(asked.getIdentifier())) {
                    asked.setPassword(SECRET);
                }
            }
        };
        var endpoint = new EndpointImpl(bus, new SoapAgency(received));
        endpoint.setProperties(Map.of(
                FaultListener.class.getName(),
                (FaultListener) (exception, description, message) -> false,
                SecurityConstants.NONCE_CACHE_INSTANCE,
                nonces));
        endpoint.getInInterceptors()
                .add(new WSS4JInInterceptor(Map.of(
                        ConfigurationConstants.ACTION,
                        ConfigurationConstants.USERNAME_TOKEN + " " + ConfigurationConstants.TIMESTAMP,
                        ConfigurationConstants.PASSWORD_TYPE,
                        "PasswordDigest",
                        ConfigurationConstants.PW_CALLBACK_REF,
                        passwords)));
        endpoint.publish("/");
        return endpoint;
    }
}
