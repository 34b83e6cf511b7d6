package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.apply.ApplyBench;
import dev.sluice.apply.Targets;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsCertificates;
import dev.sluice.change.config.TlsMode;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL over TLS: its certificate comes from an authority of its own, which also signs ours. */
class PostgresTlsIT {
    private static final Partition PARTITION = new Partition("tls", 0);

    @TempDir
    static Path directory;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        certificates();
        server = PostgresServer.start(ServerOptions.defaults()
                .with(
                        "ssl=on",
                        "ssl_ca_file=" + directory.resolve("ca.pem"),
                        "ssl_cert_file=" + directory.resolve("server.pem"),
                        "ssl_key_file=" + directory.resolve("server.key")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"DISABLED", "PREFERRED", "REQUIRED"})
    void speaksTlsUnlessItIsDisabled(TlsMode mode) throws Exception {
        try (TargetWriter writer = writer(mode)) {
            assertThat(writer.watermark(PARTITION)).isEqualTo(Watermark.NONE);
            try (var connection = server.connect();
                    var statement = connection.createStatement();
                    var result = statement.executeQuery("SELECT bool_and(s.ssl) FROM pg_stat_ssl s"
                            + " JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'sluice-apply'")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getBoolean(1)).isEqualTo(mode != TlsMode.DISABLED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"VERIFY_CA", "VERIFY_IDENTITY"})
    void refusesACertificateOfAnUnknownAuthority(TlsMode mode) {
        try (TargetWriter writer = writer(mode)) {
            WriteFailed failed = catchThrowableOfType(WriteFailed.class, () -> writer.watermark(PARTITION));
            assertThat(failed.failure().reason()).contains("certification path");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"VERIFY_CA", "VERIFY_IDENTITY"})
    void takesACertificateOfTheAuthorityThatIsGiven(TlsMode mode) throws Exception {
        TlsCertificates trusted = new TlsCertificates(text("ca.pem"), null, null);
        try (TargetWriter writer = writer(server.host(), mode, trusted)) {
            assertThat(writer.watermark(PARTITION)).isEqualTo(Watermark.NONE);
            assertThat(shown()).isNull();
        }
    }

    @Test
    void looksAtTheNameInTheCertificateIfItMust() throws Exception {
        TlsCertificates trusted = new TlsCertificates(text("ca.pem"), null, null);
        try (TargetWriter writer = writer("localhost", TlsMode.VERIFY_CA, trusted)) {
            assertThat(writer.watermark(PARTITION)).isEqualTo(Watermark.NONE);
        }
        try (TargetWriter writer = writer("localhost", TlsMode.VERIFY_IDENTITY, trusted)) {
            WriteFailed failed = catchThrowableOfType(WriteFailed.class, () -> writer.watermark(PARTITION));
            assertThat(failed.failure().reason()).contains("localhost");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"REQUIRED", "VERIFY_CA"})
    void showsItsOwnCertificate(TlsMode mode) throws Exception {
        TlsCertificates own = new TlsCertificates(
                mode == TlsMode.REQUIRED ? null : text("ca.pem"),
                text("client.pem"),
                new SecretCipher(ApplyBench.SECRET_KEY).encrypt(text("client.key")));
        try (TargetWriter writer = writer(server.host(), mode, own)) {
            assertThat(writer.watermark(PARTITION)).isEqualTo(Watermark.NONE);
            assertThat(shown()).isEqualTo("/CN=sluice");
        }
    }

    /** Name in the certificate that the server was shown; null if there was none. */
    private static @Nullable String shown() throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT max(s.client_dn) FROM pg_stat_ssl s"
                        + " JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'sluice-apply'")) {
            result.next();
            return result.getString(1);
        }
    }

    private static TargetWriter writer(TlsMode mode) {
        return writer(server.host(), mode, null);
    }

    private static TargetWriter writer(String host, TlsMode mode, @Nullable TlsCertificates certificates) {
        return TestWriters.of(Targets.dataSource("tls", server, host, server.port(), server.password(), mode)
                .withCertificates(certificates));
    }

    private static void certificates() throws Exception {
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        sign("server", "CN=postgres", "san=ip:127.0.0.1");
        sign("client", "CN=sluice", "san=dns:sluice");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("store.p12"))) {
            keys.load(in, "changeit".toCharArray());
        }
        pem("ca.pem", "CERTIFICATE", keys.getCertificate("ca").getEncoded());
        for (String name : List.of("server", "client")) {
            pem(
                    name + ".key",
                    "PRIVATE KEY",
                    keys.getKey(name, "changeit".toCharArray()).getEncoded());
        }
    }

    private static void sign(String name, String subject, String extension) throws Exception {
        String request = directory.resolve(name + ".csr").toString();
        keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", subject);
        keytool("-certreq", "-alias", name, "-file", request);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request,
                "-ext",
                extension,
                "-rfc",
                "-outfile",
                directory.resolve(name + ".pem").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-storetype",
                "PKCS12",
                "-keystore",
                directory.resolve("store.p12").toString(),
                "-storepass",
                "changeit"));
        Path log = directory.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor()).as(() -> log.toString()).isZero();
    }

    private static String text(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private static void pem(String file, String what, byte[] der) throws Exception {
        Files.writeString(
                Files.createFile(
                        directory.resolve(file),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                        + "-----\n");
    }
}
