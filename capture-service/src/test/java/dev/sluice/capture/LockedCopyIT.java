package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsMode;
import dev.sluice.change.status.SnapshotStatus;
import dev.sluice.change.status.SnapshotStatus.Phase;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table without a key that is never at rest is locked for as long as a view of it is begun, by who may do no more than that. */
class LockedCopyIT {
    private static final int ROWS = 5_000;
    private static final String PASSWORD = "only-what-is-needed";
    /** The beginning of a view takes several answers: none of the load's pauses is as long. */
    private static final Duration FAR = Duration.ofMillis(30);

    private final DatabaseServer server = SharedServers.mysql();
    private final String name = TestServers.newName();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TcpProxy way;
    private CaptureInstance instance;

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void itsRowsAreExactThoughWritersWaitForTheLock() throws Exception {
        String schema = Databases.create(server);
        KeylessLoad load = load(schema);
        try (LogReader log = copy(schema, "SELECT, LOCK TABLES")) {
            long before = locks();
            TestSnapshots.awaitPhase(instance, Phase.DONE);
            way.delayAnswers(Duration.ZERO);
            long locks = locks() - before;
            assertThat(locks).as("locks").isPositive();
            long behind = load.changes() + 20;
            await().atMost(TestServers.LIMIT).until(() -> load.changes() > behind);
            load.close();
            server.execute(
                    "CREATE TABLE " + schema + ".done (id INT PRIMARY KEY)",
                    "INSERT INTO " + schema + ".done VALUES (1)");
            log.readRows(schema + ".done", 1);
            log.assertTransactionsAreWhole();
            assertThat(KeylessTable.contents(log, schema + ".busy"))
                    .isEqualTo(KeylessTable.contents(server, schema + ".busy"));
            System.out.println("LockedCopyIT: " + load.changes() + " changes, locked " + locks + " times, "
                    + KeylessTable.begun(log, schema + ".busy") + " beginnings");
        }
    }

    @Test
    void whoMayNotLockIsToldWhatToGrant() throws Exception {
        String schema = Databases.create(server);
        load(schema);
        try (LogReader log = copy(schema, "SELECT")) {
            TestSnapshots.awaitPhase(instance, Phase.FAILED);
            assertThat(TestSnapshots.status(instance).tables())
                    .extracting(SnapshotStatus.Table::error)
                    .singleElement()
                    .asString()
                    .contains("GRANT LOCK TABLES ON `" + schema + "`.* TO ");
            assertThat(log.copied()).isZero();
        }
    }

    /** A table that changes all the time. */
    private KeylessLoad load(String schema) {
        KeylessTable.fill(server, schema, "busy", ROWS);
        KeylessLoad load = new KeylessLoad(server, schema, "busy");
        open.add(load);
        return load.start();
    }

    /** Begins to copy a schema over a long way, as a user with such rights. */
    private LogReader copy(String schema, String rights) throws Exception {
        String account = "'" + schema + "'@'%'";
        server.execute(
                "CREATE USER " + account + " IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO " + account,
                "GRANT " + rights + " ON " + schema + ".* TO " + account);
        way = new TcpProxy(server.host(), server.port());
        open.add(way);
        instance = TestServers.startInstance(TestServers.connections(), "one");
        open.add(instance::stop);
        DataSource source = source(schema);
        TestServers.configure(source, schema, List.of());
        LogReader log = TestServers.awaitLog(name);
        log.readUntil(() -> !log.claims().isEmpty());
        way.delayAnswers(FAR);
        TestServers.configure(source, schema, List.of(TestSnapshots.of("locked", name, schema, null)));
        return log;
    }

    private DataSource source(String account) {
        return new DataSource(
                name,
                DataSource.Kind.MYSQL,
                way.host(),
                way.port(),
                account,
                TestServers.CIPHER.encrypt(PASSWORD),
                TlsMode.DISABLED,
                null,
                CaptureSettings.fromNow());
    }

    /** How often the server was told to lock tables. */
    private long locks() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_lock_tables'")) {
            row.next();
            return row.getLong(2);
        }
    }
}
