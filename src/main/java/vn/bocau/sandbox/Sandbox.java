package vn.bocau.sandbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

/**
 * The partners of the sandbox: an application of its own on a port of its own. It shares no class, no memory and no
 * database with the hub, so what it says it received is evidence.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    HttpEncodingAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    ThymeleafAutoConfiguration.class,
    MessageSourceAutoConfiguration.class
})
public class Sandbox {

    /**
     * Starts the partners.
     *
     * @param port where they listen; 0 for any free one
     * @param folder where they write down what they receive; a later start on it goes on where this one ended
     * @param settings {@code hub.url} and {@code hub.https}: where the hub is; {@code session.seconds}: how long a
     *     DVCQG session lasts
     */
    public static ConfigurableApplicationContext start(int port, Path folder, Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("server.port", port);
        all.put("sandbox.folder", folder.toString());
        all.put("spring.config.name", "sandbox");
        all.put("spring.main.banner-mode", "off");
        all.put("spring.main.log-startup-info", false);
        all.put("spring.thymeleaf.prefix", "classpath:/sandbox/");
        all.put("spring.web.resources.static-locations", "classpath:/static/");
        all.put("spring.messages.basename", "sandbox/messages");
        all.put("spring.messages.fallback-to-system-locale", false);
        all.put("spring.jmx.enabled", false);
        // Whoever was told to time out is not waited for.
        all.put("server.shutdown", "immediate");
        // Whoever plays a partner by hand is told what was wrong.
        all.put("spring.web.error.include-message", "always");
        SpringApplication partners =
                new SpringApplicationBuilder(Sandbox.class).properties(all).build();
        // In one process with the hub, the log is the hub's to set up.
        partners.setListeners(partners.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        return partners.run();
    }
}
