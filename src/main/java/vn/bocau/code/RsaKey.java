package vn.bocau.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/**
 * A key we sign with: RSA of 2048 bits or more, as PEM (PKCS #8) in a file that is named, or in one made on first start.
 */
public record RsaKey(RSAPrivateCrtKey secret, RSAPublicKey open) {

    private static final int LEAST_BITS = 2048;

    /**
     * What a key is for, to say what is wrong with it.
     *
     * @param variable that names its file
     * @param what it is, in a sentence
     * @param made what to do about a file we made that is damaged
     */
    public record Use(String variable, Text what, Text made) {

        private Text cure(boolean named) {
            return named
                    ? new Text(
                            "tạo một khóa (openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048), hoặc bỏ "
                                    + variable + " đi.",
                            "make one (openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048), or leave "
                                    + variable + " out.")
                    : made;
        }
    }

    /**
     * @param named the file's name; empty to take the made one
     * @throws Misconfigured when it cannot be read or is none
     */
    public static RsaKey of(String named, Path made, Use use) {
        if (named.isEmpty() && Files.notExists(made)) {
            make(made);
        }
        return read(named.isEmpty() ? made : Path.of(named), use, !named.isEmpty());
    }

    /**
     * Reads the one that would be used; the one in the data folder may have been damaged since it was made.
     *
     * @throws Misconfigured when it cannot be read or is none
     */
    public static void check(String named, Path made, Use use) {
        if (!named.isEmpty()) {
            read(Path.of(named), use, true);
        } else if (Files.exists(made)) {
            read(made, use, false);
        }
    }

    /** @param what such as {@code PUBLIC KEY} */
    public static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }

    private static void make(Path file) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(LEAST_BITS);
            Path folder = Files.createDirectories(
                    file.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            // Whole or not at all, should we die here. The temporary file is its owner's alone.
            Path whole =
                    Files.createTempFile(folder, file.getFileName().toString().replace(".pem", ""), null);
            Files.writeString(
                    whole,
                    pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded()));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the key " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no RSA keys", e);
        }
    }

    private static RsaKey read(Path file, Use use, boolean named) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Misconfigured(
                    new Text(
                            "Không đọc được " + use.what.vi() + " " + file + " (" + use.variable + ").",
                            capital(use.what.en()) + ", " + file + " (" + use.variable + "), cannot be read."),
                    use.cure(named));
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            throw new Misconfigured(
                    new Text(
                            file + " (" + use.variable + ") không phải là khóa RSA từ " + LEAST_BITS
                                    + " bit, dạng PEM (PKCS #8).",
                            file + " (" + use.variable + ") is no RSA key of " + LEAST_BITS
                                    + " bits or more as PEM (PKCS #8)."),
                    use.cure(named));
        }
    }

    private static RsaKey parse(String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        KeyFactory keys = KeyFactory.getInstance("RSA");
        var secret = (RSAPrivateCrtKey)
                keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        if (secret.getModulus().bitLength() < LEAST_BITS) {
            throw new InvalidKeyException("too short to sign with");
        }
        return new RsaKey(secret, (RSAPublicKey)
                keys.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent())));
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** Never what it is. */
    @Override
    public String toString() {
        return "RsaKey[" + open.getModulus().bitLength() + " bits]";
    }
}
