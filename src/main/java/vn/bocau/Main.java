package vn.bocau;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The command line: {@code start} (also when nothing is said), {@code sandbox}, {@code demo}. */
public final class Main {

    private Main() {}

    static {
        // From JDK 24 on Netty frees only buffers it made itself, and Artemis' journal asks it to free others.
        System.setProperty("io.netty.noUnsafe", "false");
    }

    public static void main(String[] args) {
        ConfigurableApplicationContext hub = SpringApplication.run(BoCau.class, args);
        System.out.println("up " + hub.getId());
    }
}
