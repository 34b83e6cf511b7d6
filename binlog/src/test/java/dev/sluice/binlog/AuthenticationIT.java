package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to log in, on a plain and on an encrypted channel. */
class AuthenticationIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String PASSWORD = "s\u00e9cret 'quoted' and long enough to go round the nonce";

    @ParameterizedTest
    @CsvSource({
        "MYSQL_8_0, mysql_native_password, DISABLED",
        "MYSQL_8_0, mysql_native_password, REQUIRED",
        "MYSQL_8_0, caching_sha2_password, DISABLED",
        "MYSQL_8_0, caching_sha2_password, REQUIRED",
        "MYSQL_8_0, sha256_password, DISABLED",
        "MYSQL_8_0, sha256_password, REQUIRED",
        "MYSQL_9_7, caching_sha2_password, DISABLED",
        "MYSQL_9_7, caching_sha2_password, REQUIRED",
        "MYSQL_9_7, sha256_password, PREFERRED",
        "MARIADB_10_11, mysql_native_password, PREFERRED",
        "MARIADB_11_4, mysql_native_password, DISABLED"
    })
    void logsInWithEachPlugin(TestSource source, String plugin, TlsOptions.Mode mode) throws Exception {
        assumeTrue(source.available());
        DatabaseServer server = source.server();
        String user = createUser(server, plugin, PASSWORD);
        SourceAddress address = address(server, user, PASSWORD, new TlsOptions(mode, null));
        // the first time takes the long way of caching_sha2_password, the second the short one
        for (int time = 0; time < 2; time++) {
            try (SourceConnection connection = SourceConnection.open(address, TIMEOUT)) {
                assertThat(connection.query("SELECT CURRENT_USER()").single()).contains(user + "@%");
                assertThat(connection.encrypted())
                        .isEqualTo(mode == TlsOptions.Mode.REQUIRED
                                || mode == TlsOptions.Mode.PREFERRED && !source.isMariaDb());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"mysql_native_password", "caching_sha2_password", "sha256_password"})
    void anEmptyPasswordLogsIn(String plugin) throws Exception {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        String user = createUser(server, plugin, "");
        try (SourceConnection connection =
                SourceConnection.open(address(server, user, "", TlsOptions.disabled()), TIMEOUT)) {
            assertThat(connection.query("SELECT 1").single()).contains("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"mysql_native_password, DISABLED", "caching_sha2_password, DISABLED", "caching_sha2_password, REQUIRED"
    })
    void aWrongPasswordIsTheServersError(String plugin, TlsOptions.Mode mode) {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        String user = createUser(server, plugin, PASSWORD);
        SourceAddress wrong = address(server, user, "wrong", new TlsOptions(mode, null));
        assertThatThrownBy(() -> SourceConnection.open(wrong, TIMEOUT))
                .isInstanceOf(ServerError.class)
                .hasMessageContaining("Access denied")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aCertificateIsVerifiedWhenAskedFor() throws Exception {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        String authority = Files.readString(Path.of(variable(server, "datadir"), "ca.pem"), StandardCharsets.US_ASCII);
        SourceAddress trusting =
                address(server, server.user(), server.password(), new TlsOptions(TlsOptions.Mode.VERIFY_CA, authority));
        try (SourceConnection connection = SourceConnection.open(trusting, TIMEOUT)) {
            assertThat(connection.encrypted()).isTrue();
        }
        SourceAddress strict = address(
                server, server.user(), server.password(), new TlsOptions(TlsOptions.Mode.VERIFY_IDENTITY, authority));
        assertThatThrownBy(() -> SourceConnection.open(strict, TIMEOUT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("VERIFY_IDENTITY");
        SourceAddress distrusting =
                address(server, server.user(), server.password(), new TlsOptions(TlsOptions.Mode.VERIFY_CA, null));
        assertThatThrownBy(() -> SourceConnection.open(distrusting, TIMEOUT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("certificate");
    }

    @Test
    void aCertificateIsShownToAServerThatDemandsIt() throws Exception {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        Path directory = Path.of(variable(server, "datadir"));
        ClientCertificate certificate =
                new ClientCertificate(pem(directory, "client-cert.pem"), pem(directory, "client-key.pem"));
        String user = createUser(server, "caching_sha2_password", PASSWORD);
        server.execute("ALTER USER '" + user + "'@'%' REQUIRE X509");
        TlsOptions with = new TlsOptions(TlsOptions.Mode.VERIFY_CA, pem(directory, "ca.pem"), certificate);
        try (SourceConnection connection = SourceConnection.open(address(server, user, PASSWORD, with), TIMEOUT)) {
            assertThat(connection.query("SELECT CURRENT_USER()").single()).contains(user + "@%");
        }
        assertThatThrownBy(() -> SourceConnection.open(address(server, user, PASSWORD, TlsOptions.required()), TIMEOUT))
                .hasMessageContaining("Access denied");
        TlsOptions wrongKey = new TlsOptions(
                TlsOptions.Mode.REQUIRED, null, new ClientCertificate(certificate.certificates(), "no key"));
        assertThatThrownBy(() -> SourceConnection.open(address(server, user, PASSWORD, wrongKey), TIMEOUT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key");
        assertThat(with.toString()).doesNotContain("PRIVATE");
    }

    private static String pem(Path directory, String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.US_ASCII);
    }

    @Test
    void tlsThatTheServerDoesNotOfferIsRefused() {
        DatabaseServer server = TestSource.MARIADB_10_11.server();
        SourceAddress address = address(server, server.user(), server.password(), TlsOptions.required());
        assertThatThrownBy(() -> SourceConnection.open(address, TIMEOUT))
                .hasMessageContaining("offers no TLS")
                .hasMessageContaining("REQUIRED");
    }

    @Test
    void aHostThatIsNoDatabaseIsToldApart() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        SourceAddress nobody = new SourceAddress("127.0.0.1", port, "u", "secret", TlsOptions.disabled());
        assertThatThrownBy(() -> SourceConnection.open(nobody, TIMEOUT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no connection to u@127.0.0.1:" + port)
                .hasMessageNotContaining("secret");
    }

    private static SourceAddress address(DatabaseServer server, String user, String password, TlsOptions tls) {
        return new SourceAddress(server.host(), server.port(), user, password, tls);
    }

    private static String createUser(DatabaseServer server, String plugin, String password) {
        String user = "u" + UUID.randomUUID().toString().substring(0, 8);
        String secret = password.replace("'", "''");
        boolean mariaDb = server.version().contains("MariaDB");
        String how = mariaDb
                ? " IDENTIFIED VIA " + plugin + " USING PASSWORD('" + secret + "')"
                : " IDENTIFIED WITH " + plugin + " BY '" + secret + "'";
        server.execute("CREATE USER '" + user + "'@'%'" + how);
        return user;
    }

    private static String variable(DatabaseServer server, String name) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT @@" + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
