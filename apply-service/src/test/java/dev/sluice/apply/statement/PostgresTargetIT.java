package dev.sluice.apply.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.message.DdlLine;
import dev.sluice.sink.write.WriteOutcome;
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
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One statement at PostgreSQL, by whoever runs it. */
class PostgresTargetIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DatabaseServer server = SharedServers.postgres();
    private String schema = "";

    @BeforeEach
    void create() {
        String lower = Databases.create(server, "statement");
        schema = lower.toUpperCase(Locale.ROOT);
        server.execute("ALTER SCHEMA " + lower + " RENAME TO \"" + schema + "\"");
        server.execute("CREATE TABLE \"" + schema + "\".t (id INT PRIMARY KEY, v INT)");
    }

    /** A connection that waits for a second at most; another session has the table for longer than that. */
    @Test
    void aStatementMayTakeLongerThanAServerMayBeSilent() throws Exception {
        try (Connection reader = server.connect();
                Connection runner = server.connect()) {
            runner.setAutoCommit(false);
            runner.setNetworkTimeout(Runnable::run, 1_000);
            keepReading(reader);
            CompletableFuture<@Nullable WriteOutcome> running =
                    run(runner, schema, Statements.line(false, "ALTER TABLE " + schema + ".t ADD w INT"));
            awaitWaiting("2 s");
            reader.rollback();
            assertThat(running.get(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(runner.getNetworkTimeout()).isEqualTo(1_000);
        }
        assertThat(columns("t")).containsExactly("id", "v", "w");
    }

    /** Nobody who makes Sluice's tables waits for a statement, not even for the first one at a server. */
    @Test
    void othersMakeTheirTablesWhileAStatementRuns() throws Exception {
        try (Connection reader = server.connect();
                Connection runner = server.connect();
                Connection other = server.connect()) {
            runner.setAutoCommit(false);
            other.setAutoCommit(false);
            keepReading(reader);
            CompletableFuture<@Nullable WriteOutcome> running =
                    run(runner, schema, Statements.line(false, "ALTER TABLE " + schema + ".t ADD w INT"));
            awaitWaiting("0 s");
            try (Statement statement = other.createStatement()) {
                statement.execute("SET statement_timeout = '30s'");
                statement.execute("SELECT pg_advisory_xact_lock(hashtext('sluice'))");
                statement.execute("CREATE TABLE IF NOT EXISTS \"" + schema + "\".sluice_ddl (id INT)");
            }
            assertThat(running).isNotDone();
            other.rollback();
            reader.rollback();
            assertThat(running.get(60, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void tablesGoThatAreThere() throws Exception {
        server.execute("CREATE TABLE \"" + schema + "\".u (id INT)");
        assertThat(run("DROP TABLE {s}.nowhere, {s}.t, {s}.u")).isNotNull();
        assertThat(query("SELECT table_name FROM information_schema.tables WHERE table_schema = '" + schema
                        + "' AND table_name <> 'sluice_ddl'"))
                .isEmpty();
    }

    @Test
    void aSchemaIsFoundWhateverTheCaseOfItsName() throws Exception {
        String lower = schema.toLowerCase(Locale.ROOT);
        assertThat(lower).isNotEqualTo(schema);
        assertThat(run("CREATE TABLE " + lower + ".n (id INT PRIMARY KEY, KEY k (id))", 1))
                .isNotNull();
        assertThat(run("CREATE TABLE " + lower + ".c LIKE " + lower + ".n", 2)).isNotNull();
        assertThat(run("RENAME TABLE " + lower + ".c TO " + lower + ".d", 3)).isNotNull();
        assertThat(run("ALTER TABLE " + lower + ".D ADD w INT", 4)).isNotNull();
        assertThat(columns("n")).containsExactly("id");
        assertThat(columns("d")).containsExactly("id", "w");
    }

    /** Keeps a statement from the table until the transaction ends. */
    private void keepReading(Connection reader) throws SQLException {
        reader.setAutoCommit(false);
        try (Statement select = reader.createStatement()) {
            select.executeQuery("SELECT COUNT(*) FROM \"" + schema + "\".t");
        }
    }

    /** Waits until an ALTER of the schema's tables has waited for others so long. */
    private void awaitWaiting(String atLeast) {
        await().atMost(PATIENCE).until(() -> !query(
                        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type='Lock' AND query LIKE 'ALTER TABLE \""
                                + schema + "\"%' AND query_start < clock_timestamp() - interval '" + atLeast + "'")
                .isEmpty());
    }

    private @Nullable WriteOutcome run(String sql) throws Exception {
        return run(sql, 1);
    }

    private @Nullable WriteOutcome run(String sql, long entry) throws Exception {
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            DdlLine line = Statements.line(false, sql.replace("{s}", "`" + schema + "`"));
            return run(connection, schema + entry, line).get(60, TimeUnit.SECONDS);
        }
    }

    private CompletableFuture<@Nullable WriteOutcome> run(Connection connection, String pipeline, DdlLine line) {
        TargetStatements statements = new PostgresTarget(schema);
        return CompletableFuture.supplyAsync(() -> {
            try {
                return statements.run(connection, pipeline, line, () -> {
                    statements.finish(connection, pipeline, line);
                    connection.commit();
                    return new WriteOutcome.Written(0);
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<String> columns(String table) throws Exception {
        return query("SELECT column_name FROM information_schema.columns WHERE table_schema='" + schema
                + "' AND table_name='" + table + "' ORDER BY ordinal_position");
    }

    private List<String> query(String sql) throws Exception {
        List<String> found = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
