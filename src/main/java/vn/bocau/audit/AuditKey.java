package vn.bocau.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import vn.bocau.code.RsaKey;
import vn.bocau.code.Sha256;

/**
 * The key that signs the record: {@code bocau.audit.key}, or one made on first start. Each that was ever used here leaves
 * its public half in the folder {@code audit} of the data, under its SHA-256: what an old one has signed stays
 * verifiable after a new one was given.
 */
@Component
class AuditKey {

    static final String PROPERTY = "bocau.audit.key";
    static final String MADE = "audit-key.pem";
    static final String FOLDER = "audit";

    private final RsaKey key;
    private final String name;

    AuditKey(Environment environment) {
        Path data = Path.of(environment.getProperty("bocau.data", "data"));
        this.key = RsaKey.of(environment.getProperty(PROPERTY, ""), data.resolve(MADE), AuditKeyCheck.USE);
        this.name = Sha256.hex(key.open().getEncoded());
        publish(data.resolve(FOLDER));
    }

    AuditSeal seal(@Nullable LocalDate day, long seq, byte[] digest) {
        return new AuditSeal(day, seq, digest, name, sign(AuditSeal.words(day, seq, digest)));
    }

    /** Of rows that we have written. */
    AuditStamp stamp(long from, long seq, byte[] digest) {
        return new AuditStamp(from, name, sign(AuditStamp.words(from, seq, digest)));
    }

    private byte[] sign(byte[] words) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.secret());
            signature.update(words);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK signs nothing with RSA", e);
        }
    }

    private void publish(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(name + ".pem");
            if (Files.notExists(file)) {
                Files.writeString(file, RsaKey.pem("PUBLIC KEY", key.open().getEncoded()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the public key of the record in " + folder, e);
        }
    }
}
