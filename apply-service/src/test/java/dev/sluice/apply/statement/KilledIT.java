package dev.sluice.apply.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.message.DdlLine;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever runs a statement is killed behind it, before anything says that it ran: the next try leaves the tables as they
 * are, although most of these statements would fail or do harm if they ran twice.
 */
class KilledIT {
    private static final List<String> STATEMENTS = List.of(
            "ALTER TABLE {s}.a ADD c INT FIRST",
            "ALTER TABLE {s}.a DROP v",
            "ALTER TABLE {s}.a CHANGE v x INT, CHANGE w v INT",
            "ALTER TABLE {s}.a MODIFY v BIGINT, ADD UNIQUE u (w), DROP PRIMARY KEY, ADD PRIMARY KEY (w)",
            "ALTER TABLE {s}.a RENAME TO {s}.c",
            "RENAME TABLE {s}.a TO {s}.t, {s}.b TO {s}.a, {s}.t TO {s}.b",
            "RENAME TABLE {s}.a TO {s}.c",
            "DROP TABLE {s}.a, {s}.b",
            "CREATE TABLE {s}.c (id INT)",
            "CREATE TABLE {s}.c LIKE {s}.a",
            "CREATE INDEX i ON {s}.a (v)",
            "DROP INDEX k ON {s}.a",
            "ALTER TABLE {s}.p ADD PARTITION (PARTITION p2 VALUES LESS THAN (30))",
            "ALTER TABLE {s}.p DROP PARTITION p0",
            "TRUNCATE TABLE {s}.a");

    static Stream<String> statements() {
        return STATEMENTS.stream();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void runsOnceAtMySql(String sql) throws Exception {
        runsOnce(SharedServers.mysql(), sql);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void runsOnceAtMariaDb(String sql) throws Exception {
        runsOnce(SharedServers.mariadb(), sql);
    }

    private static void runsOnce(DatabaseServer server, String text) throws Exception {
        String schema = schema(server);
        DdlLine line = line(server, text.replace("{s}", schema));
        TargetStatements statements = new MySqlTarget("sluice");
        assertThat(run(server, statements, schema, line)).isTrue();
        List<String> after = tables(server, schema);
        assertThat(run(server, statements, schema, line)).isTrue();
        assertThat(tables(server, schema)).isEqualTo(after);
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            statements.finish(connection, schema, line);
            connection.commit();
        }
        assertThat(run(server, statements, schema, line)).isTrue();
        assertThat(tables(server, schema)).isEqualTo(after);
    }

    @Test
    void anExchangeOfRowsIsLeftToTheOperator() throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = schema(server);
        server.execute("CREATE TABLE " + schema + ".q (id INT PRIMARY KEY)");
        DdlLine line = line(server, "ALTER TABLE " + schema + ".p EXCHANGE PARTITION p0 WITH TABLE " + schema + ".q");
        TargetStatements statements = new MySqlTarget("sluice");
        assertThat(run(server, statements, schema, line)).isTrue();
        assertThatThrownBy(() -> run(server, statements, schema, line))
                .isInstanceOf(WriteFailed.class)
                .hasMessageContaining("nobody can tell");
    }

    @Test
    void tablesThatAreAlikeAndChangePlacesAreLeftToTheOperator() throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = schema(server);
        server.execute(
                "CREATE TABLE " + schema + ".x (id INT PRIMARY KEY, v INT, KEY x_v (v))",
                "CREATE TABLE " + schema + ".y (id INT PRIMARY KEY, v INT, KEY x_v (v))",
                "INSERT INTO " + schema + ".x VALUES (1, 1)");
        DdlLine line =
                line(server, "RENAME TABLE {s}.x TO {s}.t, {s}.y TO {s}.x, {s}.t TO {s}.y".replace("{s}", schema));
        TargetStatements statements = new MySqlTarget("sluice");
        assertThat(run(server, statements, schema, line)).isTrue();
        List<String> after = tables(server, schema);
        assertThatThrownBy(() -> run(server, statements, schema, line))
                .isInstanceOf(WriteFailed.class)
                .hasMessageContaining("nobody can tell");
        assertThat(tables(server, schema)).isEqualTo(after);
    }

    private static String schema(DatabaseServer server) {
        String schema = Databases.create(server, "killed");
        server.execute("CREATE DATABASE IF NOT EXISTS sluice");
        server.execute(
                "CREATE TABLE " + schema + ".a (id INT PRIMARY KEY, v INT, w INT NOT NULL, KEY k (v))",
                "INSERT INTO " + schema + ".a VALUES (1, 2, 3)",
                "CREATE TABLE " + schema + ".b (id INT PRIMARY KEY)",
                "CREATE TABLE " + schema + ".p (id INT PRIMARY KEY) PARTITION BY RANGE (id)"
                        + " (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
                "INSERT INTO " + schema + ".p VALUES (1), (11)");
        return schema;
    }

    private static boolean run(DatabaseServer server, TargetStatements statements, String pipeline, DdlLine line)
            throws Exception {
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            return statements.run(connection, pipeline, line, () -> new WriteOutcome.Written(0)) != null;
        }
    }

    private static List<String> tables(DatabaseServer server, String schema) throws Exception {
        List<String> found = new ArrayList<>();
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            List<String> names = all(statement, "SHOW TABLES", 1);
            for (String name : names) {
                found.addAll(all(statement, "SHOW CREATE TABLE `" + name + "`", 2));
                found.addAll(all(statement, "SELECT * FROM `" + name + "`", 1));
            }
        }
        return found;
    }

    private static List<String> all(Statement statement, String sql, int column) throws Exception {
        List<String> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(column));
            }
        }
        return found;
    }

    private static DdlLine line(DatabaseServer server, String sql) {
        return Statements.line(server.version().contains("MariaDB"), sql);
    }
}
