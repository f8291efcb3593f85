package vn.bocau.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * HTTPS beside HTTP. Old one-stop systems speak N-GSP over TLS only. The certificate is {@code bocau.tls.keystore} when
 * named; else one for this machine's name is made on first start and kept.
 */
@Component
class Https implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(Https.class);

    private static final String MADE = "tls.p12";
    static final String MADE_PASSWORD = "tls.password";
    private static final Text ANEW = new Text(
            "khôi phục " + MADE + " và " + MADE_PASSWORD
                    + " từ bản sao lưu, hoặc xóa cả hai để tạo chứng thư mới (đối tác"
                    + " nào ghim chứng thư cũ sẽ phải nhận chứng thư mới).",
            "restore " + MADE + " and " + MADE_PASSWORD
                    + " from a backup, or delete both for a new certificate (a partner"
                    + " who pinned the old one has to take the new).");

    private final Environment environment;

    Https(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        var plain = new Connector();
        plain.setPort(environment.getProperty("bocau.http.port", Integer.class, 8080));
        // The limits of server.tomcat.* are for both doors; the server gives them to its own alone.
        server.getConnectorCustomizers().forEach(limits -> limits.customize(plain));
        server.addAdditionalConnectors(plain);
        server.setPort(environment.getProperty("bocau.https.port", Integer.class, 8443));
        server.setSsl(certificate());
    }

    private Ssl certificate() {
        String keystore = environment.getProperty("bocau.tls.keystore", "");
        if (!keystore.isEmpty()) {
            return named(keystore, environment.getProperty("bocau.tls.password", ""));
        }
        DataFolder data = DataFolder.of(environment);
        Path file = data.resolve(MADE);
        String password = data.secret(MADE_PASSWORD);
        if (Files.notExists(file)) {
            make(data, password);
        }
        return ssl(file, password);
    }

    /**
     * Whether the one made here on an earlier start is whole.
     *
     * @throws Misconfigured when not
     */
    static void checkMade(Path data) {
        Path file = data.resolve(MADE);
        Path secret = data.resolve(MADE_PASSWORD);
        if (Files.notExists(file)) {
            if (Files.exists(secret) && KeptFilesCheck.read(secret).isEmpty()) {
                throw KeptFilesCheck.empty(secret, ANEW);
            }
            return;
        }
        String password = KeptFilesCheck.read(secret);
        if (password.isEmpty()) {
            throw KeptFilesCheck.empty(secret, ANEW);
        }
        try {
            if (hasKey(opened(file, password), password)) {
                return;
            }
        } catch (IOException | GeneralSecurityException damaged) {
            // Said below: what exactly it lacks helps nobody.
        }
        throw new Misconfigured(
                new Text(
                        "Chứng thư tự tạo " + file + " (BOCAU_DATA) hỏng, hoặc " + secret + " không mở được nó.",
                        "The self-made certificate " + file + " (BOCAU_DATA) is damaged, or " + secret
                                + " does not open it."),
                ANEW);
    }

    /** Opened here first: the server would only say that it could not. */
    static Ssl named(String keystore, String password) {
        if (!isReadableFile(keystore)) {
            throw new Misconfigured(
                    new Text(
                            "Không đọc được tệp chứng thư " + keystore + " (BOCAU_TLS_KEYSTORE).",
                            "The certificate " + keystore + " (BOCAU_TLS_KEYSTORE) cannot be read."),
                    new Text(
                            "sửa BOCAU_TLS_KEYSTORE, hoặc bỏ đi để dùng chứng thư tự tạo.",
                            "correct BOCAU_TLS_KEYSTORE, or leave it out for a self-made one."));
        }
        try {
            if (hasKey(opened(Path.of(keystore), password), password)) {
                return ssl(Path.of(keystore), password);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_TLS_PASSWORD không mở được " + keystore + ", hoặc tệp không phải PKCS12.",
                            "BOCAU_TLS_PASSWORD does not open " + keystore + ", or the file is no PKCS12."),
                    new Text(
                            "sửa BOCAU_TLS_PASSWORD, hoặc đổi tệp sang PKCS12 (openssl pkcs12 -export).",
                            "correct BOCAU_TLS_PASSWORD, or convert the file to PKCS12 (openssl pkcs12 -export)."));
        }
        throw new Misconfigured(
                new Text(
                        keystore + " (BOCAU_TLS_KEYSTORE) không có khóa riêng của chứng thư.",
                        keystore + " (BOCAU_TLS_KEYSTORE) holds no certificate with its private key."),
                new Text(
                        "xuất lại cả khóa lẫn chứng thư (openssl pkcs12 -export -inkey … -in …).",
                        "export key and certificate together (openssl pkcs12 -export -inkey … -in …)."));
    }

    private static KeyStore opened(Path keystore, String password) throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(keystore)) {
            KeyStore opened = KeyStore.getInstance("PKCS12");
            opened.load(file, password.toCharArray());
            return opened;
        }
    }

    private static boolean isReadableFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name)) && Files.isReadable(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean hasKey(KeyStore opened, String password) throws GeneralSecurityException {
        for (String alias : Collections.list(opened.aliases())) {
            if (opened.isKeyEntry(alias) && opened.getKey(alias, password.toCharArray()) != null) {
                return true;
            }
        }
        return false;
    }

    private static Ssl ssl(Path keystore, String password) {
        var ssl = new Ssl();
        ssl.setKeyStore(keystore.toUri().toString());
        ssl.setKeyStorePassword(password);
        ssl.setKeyStoreType("PKCS12");
        return ssl;
    }

    /** With the JDK's own keytool: it has no public API for making a certificate. */
    static void make(DataFolder data, String password) {
        Path file = data.resolve(MADE);
        try {
            // keytool writes in place. Aside, whoever is killed meanwhile leaves nothing that could be taken for it.
            Path folder = data.aside(MADE);
            Path whole = folder.resolve(MADE);
            String host = InetAddress.getLocalHost().getHostName();
            String names = "dns:localhost,ip:127.0.0.1" + (host.matches("[A-Za-z0-9.-]+") ? ",dns:" + host : "");
            Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            var command = new ProcessBuilder(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    "bocau",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost, O=Bo Cau",
                    "-ext",
                    "SAN=" + names,
                    "-ext",
                    "EKU=serverAuth",
                    "-validity",
                    "825",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    whole.toString(),
                    "-storepass:env",
                    "BOCAU_TLS_MADE");
            command.environment().putAll(Map.of("BOCAU_TLS_MADE", password));
            command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            int exit = command.start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("keytool ended with " + exit + " while making " + file);
            }
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(folder);
            LOG.info("Made a certificate for {} in {}", names, file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot make a certificate in " + file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
