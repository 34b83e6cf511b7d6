package dev.sluice.redissink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsMode;
import dev.sluice.redissink.Redis;
import dev.sluice.redissink.failure.RedisFailure;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.testsupport.process.FreePorts;
import dev.sluice.testsupport.servers.RedisServer;
import dev.sluice.testsupport.servers.ServerOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsIT {
    private static final Partition PARTITION = new Partition("tls", 0);

    @TempDir
    static Path directory;

    private static int tlsPort;
    private static RedisServer server;
    private static RedisConnections connections;

    @BeforeAll
    static void start() throws Exception {
        certificate();
        tlsPort = FreePorts.one();
        server = RedisServer.start(ServerOptions.defaults()
                .with(
                        "tls-port " + tlsPort,
                        "tls-cert-file " + directory.resolve("cert.pem"),
                        "tls-key-file " + directory.resolve("key.pem"),
                        "tls-ca-cert-file " + directory.resolve("cert.pem"),
                        "tls-auth-clients no"));
        connections = new RedisConnections(Redis.CIPHER);
    }

    @AfterAll
    static void stop() {
        connections.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"REQUIRED", "PREFERRED"})
    void speaksTlsToATlsPort(TlsMode mode) throws Exception {
        try (RedisWriter writer = writer(tlsPort, mode)) {
            assertThat(writer.watermark(PARTITION)).isEqualTo(Watermark.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"DISABLED", "PREFERRED"})
    void speaksPlainToAPlainPort(TlsMode mode) throws Exception {
        try (RedisWriter writer = writer(server.port(), mode)) {
            assertThat(writer.watermark(PARTITION)).isEqualTo(Watermark.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"VERIFY_CA", "VERIFY_IDENTITY"})
    void refusesACertificateThatNobodySigned(TlsMode mode) {
        try (RedisWriter writer = writer(tlsPort, mode)) {
            assertThatThrownBy(() -> writer.watermark(PARTITION))
                    .isInstanceOf(RedisFailure.class)
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void failsWhereTlsIsRequiredButNotSpoken() {
        try (RedisWriter writer = writer(server.port(), TlsMode.REQUIRED)) {
            assertThatThrownBy(() -> writer.watermark(PARTITION)).isInstanceOf(RedisFailure.class);
        }
    }

    private static RedisWriter writer(int port, TlsMode mode) {
        DataSource target = new DataSource(
                "cache",
                DataSource.Kind.REDIS,
                server.host(),
                port,
                "",
                Redis.CIPHER.encrypt(server.password()),
                mode,
                null,
                null);
        return new RedisWriter(connections, connections.address(target), RedisWriter.ChunkLimits.DEFAULT);
    }

    private static void certificate() throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
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
                keys.getKey("redis", "changeit".toCharArray()).getEncoded());
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
    }

    private static void pem(String file, String what, byte[] der) throws Exception {
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                        + "-----\n");
    }
}
