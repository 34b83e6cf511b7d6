package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.apply.Targets;
import dev.sluice.change.config.TlsMode;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.ServerOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresTlsIT {
    private static final Partition PARTITION = new Partition("tls", 0);

    @TempDir
    static Path directory;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        certificate();
        server = PostgresServer.start(ServerOptions.defaults()
                .with(
                        "ssl=on",
                        "ssl_cert_file=" + directory.resolve("cert.pem"),
                        "ssl_key_file=" + directory.resolve("key.pem")));
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
    void refusesACertificateThatNobodySigned(TlsMode mode) {
        try (TargetWriter writer = writer(mode)) {
            WriteFailed failed = catchThrowableOfType(WriteFailed.class, () -> writer.watermark(PARTITION));
            assertThat(failed.failure().reason()).contains("certification path");
        }
    }

    private static TargetWriter writer(TlsMode mode) {
        return TestWriters.of(Targets.dataSource("tls", server, server.host(), server.port(), server.password(), mode));
    }

    private static void certificate() throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "postgres",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        pem(
                "key.pem",
                "PRIVATE KEY",
                keys.getKey("postgres", "changeit".toCharArray()).getEncoded());
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("postgres").getEncoded());
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
