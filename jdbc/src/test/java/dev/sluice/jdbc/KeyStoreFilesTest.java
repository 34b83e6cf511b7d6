package dev.sluice.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.DataSource.Kind;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsCertificates;
import dev.sluice.change.config.TlsMode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import oracle.jdbc.OracleConnection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStoreFilesTest {
    private static final SecretCipher CIPHER =
            new SecretCipher(Base64.getEncoder().encodeToString(new byte[32]));

    @TempDir
    private static Path directory;

    private static TlsCertificates own;

    @BeforeAll
    static void certificate() throws Exception {
        Path file = directory.resolve("own.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=sluice",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = load(file.toString(), "changeit");
        String certificate = pem("CERTIFICATE", store.getCertificate("own").getEncoded());
        String key =
                pem("PRIVATE KEY", store.getKey("own", "changeit".toCharArray()).getEncoded());
        own = new TlsCertificates(certificate, certificate, CIPHER.encrypt(key));
    }

    /** No Oracle runs in tests: the names are compared with those that its driver documents as constants. */
    @Test
    void oracleIsToldOfItsStoresByTheNamesOfItsDriver() throws Exception {
        Map<String, String> properties;
        try (KeyStoreFiles files = files(Kind.ORACLE, own)) {
            properties = files.properties();
            assertThat(properties)
                    .containsOnlyKeys(
                            OracleConnection.CONNECTION_PROPERTY_THIN_JAVAX_NET_SSL_TRUSTSTORE,
                            OracleConnection.CONNECTION_PROPERTY_THIN_JAVAX_NET_SSL_TRUSTSTORETYPE,
                            OracleConnection.CONNECTION_PROPERTY_THIN_JAVAX_NET_SSL_TRUSTSTOREPASSWORD,
                            OracleConnection.CONNECTION_PROPERTY_THIN_JAVAX_NET_SSL_KEYSTORE,
                            OracleConnection.CONNECTION_PROPERTY_THIN_JAVAX_NET_SSL_KEYSTORETYPE,
                            OracleConnection.CONNECTION_PROPERTY_THIN_JAVAX_NET_SSL_KEYSTOREPASSWORD);
            for (String store : new String[] {"trustStore", "keyStore"}) {
                String name = "javax.net.ssl." + store;
                assertThat(properties).containsEntry(name + "Type", "PKCS12");
                KeyStore read = load(of(properties, name), of(properties, name + "Password"));
                assertThat(Collections.list(read.aliases())).hasSize(1);
                assertThat(read.isKeyEntry(read.aliases().nextElement())).isEqualTo(store.equals("keyStore"));
            }
        }
        assertThat(Path.of(of(properties, "javax.net.ssl.keyStore"))).doesNotExist();
    }

    @Test
    void postgresGetsJavasAuthoritiesWhereNoneAreGiven() throws Exception {
        try (KeyStoreFiles files = files(Kind.POSTGRESQL, new TlsCertificates(null, own.client(), own.clientKey()))) {
            Map<String, String> properties = files.properties();
            assertThat(Files.readString(Path.of(of(properties, "sslrootcert")))).contains("BEGIN CERTIFICATE");
            assertThat(load(of(properties, "sslkey"), of(properties, "sslpassword"))
                            .isKeyEntry("user"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"MYSQL", "POSTGRESQL", "ORACLE"})
    void thereIsNothingToTellWithoutCertificates(Kind kind) {
        try (KeyStoreFiles files = files(kind, null)) {
            assertThat(files.properties()).isEmpty();
        }
    }

    private static KeyStoreFiles files(Kind kind, @org.jspecify.annotations.Nullable TlsCertificates certificates) {
        DataSource source = new DataSource("d", kind, "db", 1, "u", "", TlsMode.VERIFY_CA, null, null);
        return new KeyStoreFiles(source.withCertificates(certificates), CIPHER);
    }

    private static String of(Map<String, String> properties, String name) {
        return Objects.requireNonNull(properties.get(name), name);
    }

    private static KeyStore load(String file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                + "-----\n";
    }
}
