package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsCertificates;
import dev.sluice.change.config.TlsMode;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each problem of a source is named, disturbs no other source, loses nothing, and goes away with its cause. */
class SourceProblemsIT {
    private static MySqlServer troubled;

    private final MySqlServer healthy = TestServers.mysql();
    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private final String healthyName = TestServers.newName();
    private CaptureInstance instance;

    @BeforeAll
    static void startServer() {
        troubled = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults());
    }

    @AfterAll
    static void stopServer() {
        troubled.close();
    }

    @BeforeEach
    void prepare() {
        troubled.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)");
        instance = TestServers.startInstance(TestServers.connections(), "one");
    }

    @AfterEach
    void stop() {
        instance.stop();
        troubled.execute("DROP DATABASE " + schema);
    }

    @Test
    void statementFormatIsRefusedWithTheFix() throws Exception {
        troubled.execute("SET GLOBAL binlog_format = 'STATEMENT'");
        try {
            configure(TestServers.source(name, troubled));
            awaitFailure("binlog_format", "SET GLOBAL binlog_format", "ROW");
            assertHealthyIsNotDisturbed();
        } finally {
            troubled.execute("SET GLOBAL binlog_format = 'ROW'");
        }
        awaitRunning();
    }

    @Test
    void aChangeLoggedAsAStatementStopsItAndIsNotSkipped() throws Exception {
        configure(TestServers.source(name, troubled));
        awaitRunning();
        troubled.execute(
                "INSERT INTO " + schema + ".t VALUES (1)",
                "SET SESSION binlog_format = 'STATEMENT'",
                "INSERT INTO " + schema + ".t VALUES (2)",
                "SET SESSION binlog_format = 'ROW'",
                "INSERT INTO " + schema + ".t VALUES (3)");
        awaitFailure("binlog_format");
        assertHealthyIsNotDisturbed();
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 1);
            log.readUntil(() -> log.claims().size() >= 3);
            assertThat(log.rows(schema + ".t")).hasSize(1);
        }
    }

    @Test
    void aPurgedPositionStopsItAndNamesTheChoices() throws Exception {
        configure(TestServers.source(name, troubled));
        awaitRunning();
        instance.stop();
        troubled.execute("INSERT INTO " + schema + ".t VALUES (1)", "FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
        try (var connection = troubled.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW MASTER STATUS")) {
            row.next();
            connection.createStatement().execute("PURGE BINARY LOGS TO '" + row.getString(1) + "'");
        }
        instance = TestServers.startInstance(TestServers.connections(), "two");
        awaitFailure("no longer has its binary log", "snapshot");
        assertHealthyIsNotDisturbed();
    }

    @Test
    void aResetBinlogIsNotTakenForTheOldOne() throws Exception {
        configure(TestServers.source(name, troubled));
        awaitRunning();
        troubled.execute("INSERT INTO " + schema + ".t VALUES (1)");
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 1);
        }
        instance.stop();
        troubled.execute("RESET MASTER");
        // as long as the old log was, so that the old offset exists
        troubled.execute("INSERT INTO " + schema + ".t VALUES (100)");
        instance = TestServers.startInstance(TestServers.connections(), "two");
        awaitState(State.FAILED, State.RETRYING);
        assertHealthyIsNotDisturbed();
        try (LogReader log = new LogReader(TestServers.connections(), name)) {
            log.readRows(schema + ".t", 1);
        }
    }

    @Test
    void aWrongPasswordIsSaidAndTheRightOneTakenUp() throws Exception {
        DataSource right = TestServers.source(name, troubled);
        configure(with(right, right.host(), right.username(), TestServers.CIPHER.encrypt("wrong")));
        awaitFailure("Access denied");
        assertHealthyIsNotDisturbed();
        configure(right);
        awaitRunning();
    }

    @Test
    void aPasswordEncryptedWithAnotherKeyIsSaid() throws Exception {
        DataSource right = TestServers.source(name, troubled);
        configure(with(right, right.host(), right.username(), "enc:v1:" + "A".repeat(60)));
        awaitFailure("SLUICE_SECRET_KEY");
    }

    @Test
    void aMissingPrivilegeIsNamed() throws Exception {
        troubled.execute(
                "CREATE USER IF NOT EXISTS 'weak'@'%' IDENTIFIED BY 'Secret-1'", "GRANT SELECT ON *.* TO 'weak'@'%'");
        DataSource right = TestServers.source(name, troubled);
        configure(with(right, right.host(), "weak", TestServers.CIPHER.encrypt("Secret-1")));
        awaitFailure("REPLICATION");
        assertHealthyIsNotDisturbed();
        troubled.execute("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'weak'@'%'");
        awaitRunning();
    }

    @Test
    void anUnknownHostIsTriedAgain() throws Exception {
        DataSource right = TestServers.source(name, troubled);
        configure(with(right, "no-such-host.invalid", right.username(), right.password()));
        awaitState(State.RETRYING);
        assertThat(status().error()).contains("no-such-host.invalid");
        await().atMost(TestServers.LIMIT)
                .until(() -> instance.health().health().getStatus().getCode().equals("DOWN"));
        assertHealthyIsNotDisturbed();
        configure(right);
        awaitRunning();
        assertThat(instance.health().health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void aCertificateIsShownToASourceThatDemandsIt() throws Exception {
        troubled.execute(
                "CREATE USER certified@'%' IDENTIFIED BY 'pw' REQUIRE X509",
                "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO certified@'%'");
        Path directory = directory();
        DataSource bare = new DataSource(
                name,
                DataSource.Kind.MYSQL,
                troubled.host(),
                troubled.port(),
                "certified",
                TestServers.CIPHER.encrypt("pw"),
                TlsMode.VERIFY_CA,
                null,
                CaptureSettings.fromNow());
        String trusted = Files.readString(directory.resolve("ca.pem"));
        try {
            configure(bare.withCertificates(new TlsCertificates(trusted, null, null)));
            awaitFailure("Access denied");
            configure(bare.withCertificates(new TlsCertificates(
                    trusted,
                    Files.readString(directory.resolve("client-cert.pem")),
                    TestServers.CIPHER.encrypt(Files.readString(directory.resolve("client-key.pem"))))));
            awaitRunning();
            troubled.execute("INSERT INTO " + schema + ".t VALUES (1)");
            await().atMost(TestServers.LIMIT).until(() -> status().seq() > 0);
        } finally {
            configure(TestServers.source(name, troubled));
            troubled.execute("DROP USER certified@'%'");
        }
    }

    private static Path directory() throws SQLException {
        try (Connection connection = troubled.connect();
                ResultSet row = connection.createStatement().executeQuery("SELECT @@datadir")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    private void configure(DataSource source) throws Exception {
        TestServers.configure(source, TestServers.source(healthyName, healthy));
    }

    private static DataSource with(DataSource source, String host, String user, String password) {
        return new DataSource(
                source.name(),
                source.kind(),
                host,
                source.port(),
                user,
                password,
                TlsMode.DISABLED,
                null,
                Objects.requireNonNull(source.capture()));
    }

    private void awaitRunning() {
        awaitState(State.RUNNING);
    }

    private void awaitFailure(String... parts) {
        awaitState(State.FAILED);
        assertThat(status().error()).contains(parts);
        assertThat(instance.health().health().getStatus().getCode()).isEqualTo("DOWN");
    }

    private void awaitState(State... states) {
        await().atMost(TestServers.LIMIT).ignoreExceptions().until(() -> java.util.List.of(states)
                .contains(status().state()));
    }

    private CaptureStatus status() {
        return status(name);
    }

    private CaptureStatus status(String source) {
        return instance.captures().status().stream()
                .filter(capture -> capture.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    /** The other source goes on under the epoch it has. */
    private void assertHealthyIsNotDisturbed() {
        await().atMost(TestServers.LIMIT).until(() -> status(healthyName).state() == State.RUNNING);
        long epoch = status(healthyName).epoch();
        long before = status(healthyName).seq();
        healthy.execute("CREATE DATABASE " + schema, "DROP DATABASE " + schema);
        await().atMost(TestServers.LIMIT).until(() -> status(healthyName).seq() == before + 2);
        assertThat(status(healthyName).epoch()).isEqualTo(epoch);
    }
}
