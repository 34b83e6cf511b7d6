package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.ddl.DdlKind;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A table that a tool changes online, while rows are written to it, is one table that was altered. */
class OnlineChangeIT {
    private static final String BEFORE = "(id INT AUTO_INCREMENT PRIMARY KEY, b VARCHAR(60), z INT, x INT)";
    private static final String ALTER =
            "ADD COLUMN c INT NOT NULL DEFAULT 7 AFTER id, CHANGE x y VARCHAR(30), DROP COLUMN z, ADD KEY by_b (b)";
    private static final List<String> COLUMNS_BEFORE = List.of("id", "b", "z", "x");
    private static final List<String> COLUMNS_AFTER = List.of("id", "c", "b", "y");

    private static final class Minimal {
        static final MySqlServer SERVER =
                MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults().with("--binlog-row-metadata=MINIMAL"));
    }

    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private volatile boolean enough;

    @AfterAll
    static void stop() {
        Minimal.SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GH_OST, true",
        "GH_OST, false",
        "PT_ONLINE_SCHEMA_CHANGE, true",
        "PT_ONLINE_SCHEMA_CHANGE, false",
    })
    void isOneAlterOfTheTable(OnlineTool tool, boolean full) throws Exception {
        change(full ? TestServers.mysql() : Minimal.SERVER, tool);
    }

    @ParameterizedTest
    @EnumSource(OnlineTool.class)
    @Tag("extended")
    void isOneAlterOnMySql57(OnlineTool tool) throws Exception {
        try (MySqlServer server = MySqlServer.start(MySqlVersion.V5_7_22, ServerOptions.defaults())) {
            change(server, tool);
        }
    }

    @ParameterizedTest
    @EnumSource(OnlineTool.class)
    @Tag("extended")
    void isOneAlterOnMariaDb(OnlineTool tool) throws Exception {
        ServerOptions options = ServerOptions.defaults().with("--binlog-row-metadata=NO_LOG");
        try (MariaDbServer server = MariaDbServer.start(MariaDbVersion.V10_11_5, options)) {
            change(server, tool);
        }
    }

    private void change(DatabaseServer server, OnlineTool tool) throws Exception {
        server.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t " + BEFORE);
        TestServers.configure(TestServers.source(name, server));
        ExecutorService threads = Executors.newCachedThreadPool();
        CaptureInstance capture = TestServers.startInstance(TestServers.connections(), "one");
        try (LogReader log = TestServers.awaitLog(name);
                Connection connection = server.connect(schema);
                Statement sql = connection.createStatement()) {
            log.readUntil(() -> !log.claims().isEmpty());
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int writer = i;
                writers.add(threads.submit(() -> write(server, writer)));
            }
            awaitRows(log, 100);
            tool.prepare(sql, schema, BEFORE, ALTER);
            copy(tool, sql);
            awaitRows(log, 100);
            // what altered the copy is remembered by whoever takes over
            capture.stop();
            capture = TestServers.startInstance(TestServers.connections(), "two");
            copy(tool, sql);
            tool.swap(server, sql, schema);
            awaitRows(log, 100);
            enough = true;
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            sql.execute("UPDATE t SET c=c+1, b=CONCAT(b, '.')");
            sql.execute("CREATE TABLE done (id INT PRIMARY KEY)");
            sql.execute("INSERT INTO done VALUES (1)");
            log.readRows(schema + ".done", 1);
            judge(log, server, sql);
        } finally {
            enough = true;
            threads.shutdownNow();
            capture.stop();
            server.execute("DROP DATABASE " + schema);
        }
    }

    private void judge(LogReader log, DatabaseServer server, Statement sql) throws Exception {
        assertThat(log.entries()).extracting(LogReader.Entry::tableName).doesNotContain(copies());
        List<LogReader.Entry> told =
                log.entries().stream().filter(entry -> entry.sql() != null).toList();
        assertThat(told).hasSize(2);
        String alter = String.valueOf(told.get(0).sql());
        assertThat(DdlParser.parse(alter, "", Dialect.of(server instanceof MariaDbServer, 8, 0, 30, 0))
                        .kind())
                .isEqualTo(DdlKind.ALTER);
        assertThat(alter).contains("`" + schema + "`.`t`").doesNotContain("_t_");
        int before = 0;
        for (LogReader.Entry entry : log.rows(schema + ".t")) {
            boolean old = entry.seq() < told.get(0).seq();
            before += old ? 1 : 0;
            assertThat(entry.table().columns())
                    .as("entry %d", entry.seq())
                    .extracting(column -> column.name())
                    .isEqualTo(old ? COLUMNS_BEFORE : COLUMNS_AFTER);
        }
        assertThat(before).isGreaterThan(200);
        Map<String, List<@Nullable String>> settled = new TreeMap<>();
        for (LogReader.Entry entry : log.rows(schema + ".t")) {
            if (entry.seq() > told.get(0).seq()
                    && String.valueOf(entry.cell("b")).endsWith(".")) {
                settled.put(String.valueOf(entry.cell("id")), entry.cells());
            }
        }
        assertThat(settled).isNotEmpty().isEqualTo(selected(sql));
        // a table as it was before becomes by this statement what the table is now
        sql.execute("RENAME TABLE t TO t_now");
        sql.execute("CREATE TABLE t " + BEFORE);
        sql.execute(alter);
        assertThat(columns(sql, "t")).isEqualTo(columns(sql, "t_now"));
    }

    private String[] copies() {
        return new String[] {
            schema + "._t_gho", schema + "._t_ghc", schema + "._t_del", schema + "._t_new", schema + "._t_old"
        };
    }

    /** Of a copy that was made before anybody looked, what altered it is not known. */
    @Test
    void whatIsNotKnownIsToldAsItIs() throws Exception {
        MySqlServer mysql = TestServers.mysql();
        mysql.execute(
                "CREATE DATABASE " + schema,
                "CREATE TABLE " + schema + ".t " + BEFORE,
                "CREATE TABLE " + schema + "._t_new " + BEFORE);
        mysql.execute("ALTER TABLE " + schema + "._t_new " + ALTER);
        TestServers.configure(TestServers.source(name, mysql));
        CaptureInstance capture = TestServers.startInstance(TestServers.connections(), "capture");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            String rename =
                    "RENAME TABLE " + schema + ".t TO " + schema + "._t_old, " + schema + "._t_new TO " + schema + ".t";
            mysql.execute(rename, "DROP TABLE " + schema + "._t_old");
            mysql.execute("INSERT INTO " + schema + ".t (b) VALUES ('x')");
            log.readRows(schema + ".t", 1);
            assertThat(log.entries()).extracting(LogReader.Entry::sql).containsExactly(rename, null);
        } finally {
            capture.stop();
            mysql.execute("DROP DATABASE " + schema);
        }
    }

    /** The statement has no entry, so the log does not name it among what was read in front of its last transaction. */
    @Test
    void isRememberedIfTheLogEndsInTheMessageThatItStoodIn() throws Exception {
        MySqlServer mysql = TestServers.mysql();
        String copy = schema + "._t_new";
        mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t " + BEFORE);
        TestServers.configure(TestServers.source(name, mysql));
        CaptureInstance capture = TestServers.startInstance(TestServers.connections(), "first");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            mysql.execute("INSERT INTO " + schema + ".t (b) VALUES ('before')");
            log.readRows(schema + ".t", 1);
            capture.stop();
            mysql.execute(
                    "INSERT INTO " + schema + ".t (b) VALUES ('x')",
                    "CREATE TABLE " + copy + " " + BEFORE,
                    "ALTER TABLE " + copy + " " + ALTER,
                    "INSERT INTO " + schema + ".t (b) VALUES ('y')");
            capture = TestServers.startInstance(TestServers.connections(), "second");
            log.readRows(schema + ".t", 3);
            capture.stop();
            String executed = Replication.select(mysql, "SELECT @@GLOBAL.gtid_executed");
            capture = TestServers.startInstance(TestServers.connections(), "third");
            mysql.execute("RENAME TABLE " + schema + ".t TO " + schema + "._t_old, " + copy + " TO " + schema + ".t");
            mysql.execute("INSERT INTO " + schema + ".t (b) VALUES ('z')");
            log.readRows(schema + ".t", 4);
            assertThat(log.entries().stream().map(LogReader.Entry::sql).filter(sql -> sql != null))
                    .singleElement()
                    .asString()
                    .startsWith("ALTER TABLE `" + schema + "`.`t`");
            String logged = log.claims().get(2).resume().executed();
            assertThat(Replication.select(mysql, "SELECT GTID_SUBTRACT('" + executed + "', '" + logged + "')"))
                    .as("executed, and not known to be when reading goes on")
                    .matches("[-0-9a-f]+:[0-9]+");
        } finally {
            capture.stop();
            mysql.execute("DROP DATABASE " + schema);
        }
    }

    /** Who has tables of such names can have them. */
    @Test
    void suchTablesAreTakenIfTheFilterSaysSo() throws Exception {
        MySqlServer mysql = TestServers.mysql();
        mysql.execute("CREATE DATABASE " + schema);
        CaptureFilter filter = CaptureFilter.NONE.withGhostTables(true);
        DataSource source = TestServers.source(
                name,
                mysql,
                mysql.host(),
                mysql.port(),
                CaptureSettings.fromNow().withFilter(filter));
        TestServers.configure(source);
        CaptureInstance capture = TestServers.startInstance(TestServers.connections(), "capture");
        try (LogReader log = TestServers.awaitLog(name)) {
            log.readUntil(() -> !log.claims().isEmpty());
            List<String> statements = List.of(
                    "CREATE TABLE " + schema + "._t_new (id INT PRIMARY KEY)",
                    "RENAME TABLE " + schema + "._t_new TO " + schema + ".t");
            mysql.execute(statements.get(0), "INSERT INTO " + schema + "._t_new VALUES (1)", statements.get(1));
            mysql.execute("INSERT INTO " + schema + ".t VALUES (2)");
            log.readRows(schema + ".t", 1);
            log.readRows(schema + "._t_new", 1);
            assertThat(log.entries()).extracting(LogReader.Entry::sql).containsAll(statements);
        } finally {
            capture.stop();
            mysql.execute("DROP DATABASE " + schema);
        }
    }

    private void awaitRows(LogReader log, int more) throws Exception {
        int now = log.rows(schema + ".t").size();
        log.readUntil(() -> log.rows(schema + ".t").size() >= now + more);
    }

    private void copy(OnlineTool tool, Statement sql) throws Exception {
        for (int from = 0; from < 500; from += 50) {
            tool.copy(sql, schema, from, from + 50);
        }
    }

    private @Nullable Void write(DatabaseServer server, int writer) throws Exception {
        Random random = new Random(writer);
        try (Connection connection = server.connect(schema);
                Statement sql = connection.createStatement()) {
            while (!enough) {
                int id = 1 + random.nextInt(500);
                try {
                    switch (random.nextInt(4)) {
                        case 0 -> sql.execute("UPDATE t SET b='u" + random.nextInt(1000) + "' WHERE id=" + id);
                        case 1 -> sql.execute("DELETE FROM t WHERE id=" + id);
                        default -> sql.execute("INSERT IGNORE INTO t (id, b) VALUES (" + id + ", 'i" + id + "')");
                    }
                } catch (SQLException e) {
                    if (e.getErrorCode() != 1213) {
                        throw e; // the tools meet writers in deadlocks, too
                    }
                }
                Thread.sleep(2);
            }
        }
        return null;
    }

    private static Map<String, List<@Nullable String>> selected(Statement sql) throws SQLException {
        Map<String, List<@Nullable String>> rows = new TreeMap<>();
        try (ResultSet result = sql.executeQuery("SELECT * FROM t")) {
            while (result.next()) {
                List<@Nullable String> cells = new ArrayList<>();
                for (int i = 1; i <= COLUMNS_AFTER.size(); i++) {
                    cells.add(result.getString(i));
                }
                rows.put(result.getString("id"), cells);
            }
        }
        return rows;
    }

    private static List<String> columns(Statement sql, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet result = sql.executeQuery("SHOW FULL COLUMNS FROM " + table)) {
            while (result.next()) {
                columns.add(result.getString("Field") + " " + result.getString("Type") + " " + result.getString("Null")
                        + " " + result.getString("Default") + " " + result.getString("Key"));
            }
        }
        return columns;
    }
}
