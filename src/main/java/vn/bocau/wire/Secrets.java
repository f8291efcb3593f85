package vn.bocau.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Partner;

/**
 * What we and a partner alone know: a file {@code <name>} in the folder {@code bocau.secrets}, read whenever it is needed
 * so that a new one needs no restart; else property {@code bocau.secrets.<name>}. Never logged, never in reference data.
 */
@Component
public class Secrets {

    private final Environment environment;

    Secrets(Environment environment) {
        this.environment = environment;
    }

    /** The secret a partner shares with us; empty when it has none, or nobody has set it. */
    public Optional<String> of(Partner partner) {
        return Optional.ofNullable(partner.secret()).flatMap(this::named);
    }

    /** A secret by its name. */
    public Optional<String> named(String name) {
        return inFile(name)
                .or(() -> Optional.ofNullable(environment.getProperty("bocau.secrets." + name)))
                .filter(secret -> !secret.isBlank());
    }

    /** Why a secret could not be used, for the person who keeps the files; empty when it can be. */
    public Optional<Text> wrong(String name) {
        try {
            return named(name).isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            new Text("Bí mật " + name + " chưa được đặt.", "The secret " + name + " is not set."));
        } catch (Unavailable unreadable) {
            return Optional.of(unreadable.reason());
        }
    }

    private Optional<String> inFile(String name) {
        String folder = environment.getProperty("bocau.secrets", "");
        if (folder.isBlank() || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(Path.of(folder, name)).strip());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Unavailable(
                    "secret-not-read",
                    "Không đọc được tệp của bí mật " + name + " (BOCAU_SECRETS).",
                    "The file of the secret " + name + " (BOCAU_SECRETS) cannot be read.",
                    e);
        }
    }
}
