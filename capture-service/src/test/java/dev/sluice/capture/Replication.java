package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.ServerAddress;
import dev.sluice.change.config.SourceServers;
import dev.sluice.change.config.TlsMode;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** A primary and its replica, with one account for both, as one source. */
final class Replication {
    private static final String ACCOUNT = "capture";

    private final String password = "P" + UUID.randomUUID().toString().substring(0, 18);
    private final String name;

    Replication(String source) {
        this.name = source;
    }

    DataSource source(DatabaseServer first, int port, DatabaseServer second, CaptureSettings settings) {
        return source(first, port, second, settings, SourceServers.Role.PRIMARY);
    }

    DataSource source(
            DatabaseServer first, int port, DatabaseServer second, CaptureSettings settings, SourceServers.Role role) {
        SourceServers servers = new SourceServers(List.of(new ServerAddress(second.host(), second.port())), role);
        return new DataSource(
                name,
                first instanceof MySqlServer ? DataSource.Kind.MYSQL : DataSource.Kind.MARIADB,
                first.host(),
                port,
                ACCOUNT,
                TestServers.CIPHER.encrypt(password),
                TlsMode.DISABLED,
                null,
                settings.withServers(servers));
    }

    /** Makes a server a replica. */
    void follow(DatabaseServer replica, DatabaseServer primary) {
        follow(
                replica,
                primary,
                replica instanceof MySqlServer ? "MASTER_AUTO_POSITION = 1" : "MASTER_USE_GTID = current_pos");
    }

    void follow(DatabaseServer replica, DatabaseServer primary, String place) {
        replica.execute(
                "CHANGE MASTER TO MASTER_HOST = '" + primary.host() + "', MASTER_PORT = " + primary.port()
                        + ", MASTER_USER = '" + ACCOUNT + "', MASTER_PASSWORD = '" + password + "', " + place,
                "SET GLOBAL read_only = 1",
                "START SLAVE");
    }

    /** One account for both, as a replication has it. */
    void account(DatabaseServer server) {
        String how = server instanceof MySqlServer ? " IDENTIFIED WITH mysql_native_password BY '" : " IDENTIFIED BY '";
        server.execute(
                "SET SESSION sql_log_bin = 0",
                "CREATE USER " + ACCOUNT + how + password + "'",
                "GRANT ALL ON *.* TO " + ACCOUNT);
    }

    static void promote(DatabaseServer replica, DatabaseServer primary) throws Exception {
        awaitExecuted(replica, primary);
        replica.execute("STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only = 0");
    }

    static void awaitExecuted(DatabaseServer replica, DatabaseServer primary) throws Exception {
        boolean mySql = replica instanceof MySqlServer;
        String executed = select(primary, "SELECT @@GLOBAL." + (mySql ? "gtid_executed" : "gtid_binlog_pos"));
        String function = mySql ? "WAIT_FOR_EXECUTED_GTID_SET" : "MASTER_GTID_WAIT";
        assertThat(select(replica, "SELECT " + function + "('" + executed + "', 60)"))
                .isEqualTo("0");
    }

    static String select(DatabaseServer server, String sql) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
