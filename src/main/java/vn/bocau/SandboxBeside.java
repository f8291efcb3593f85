package vn.bocau;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import vn.bocau.sandbox.Sandbox;

/**
 * The sandbox's partners in the same process as the hub. They start when the hub has found nothing wrong with its
 * settings, database and broker, before it calls on anybody; and they end after it.
 */
final class SandboxBeside implements SmartLifecycle {

    private final Main.Addresses addresses;
    private @Nullable ConfigurableApplicationContext partners;

    SandboxBeside(Main.Addresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void start() {
        try {
            partners = start(addresses);
        } catch (RuntimeException e) {
            throw new StartFailures.Said(e);
        }
    }

    static ConfigurableApplicationContext start(Main.Addresses addresses) {
        URI hub = addresses.hub();
        Path folder = addresses.data().resolve("sandbox");
        return Sandbox.start(
                addresses.sandbox().getPort(),
                folder,
                Map.of(
                        "hub.url",
                        hub.toString(),
                        "hub.https",
                        addresses.hubOverTls().toString()));
    }

    @Override
    public void stop() {
        if (partners != null) {
            partners.close();
        }
    }

    @Override
    public boolean isRunning() {
        return partners != null && partners.isActive();
    }

    /** First to start, last to stop. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
