package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that does not log the names of columns gives the very log that one gives which does. */
class SameLogIT {
    private static final Logger LOG = LoggerFactory.getLogger(SameLogIT.class);
    private static final int TABLES = 4;
    private static final String TYPES = "(id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, a TINYINT, b SMALLINT UNSIGNED,"
            + " c MEDIUMINT, d BIGINT UNSIGNED, e DECIMAL(20,4), f FLOAT, g DOUBLE, h BIT(11), i YEAR, j DATE, k TIME(3),"
            + " l DATETIME(6), m TIMESTAMP(2) NULL, n CHAR(10), o VARCHAR(300) CHARACTER SET latin1, p BINARY(5),"
            + " q VARBINARY(20), r TINYTEXT, s MEDIUMTEXT CHARACTER SET utf8mb4, t LONGBLOB, u ENUM('x','\u00fc','z'),"
            + " v SET('p','q','r'), w JSON, x GEOMETRY, y VARCHAR(9) CHARACTER SET gbk, z POINT, UNIQUE KEY (b, n))";

    private final String name = TestServers.newName();
    private final String schema = name.replace('-', '_');
    private volatile boolean enough;

    @Test
    void isTheSameAsOfASourceWithNames() throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        LOG.info("seed {} (-Dsluice.seed={})", seed, seed);
        Random random = new Random(seed);
        ServerOptions bare = ServerOptions.defaults().with("--binlog-row-metadata=MINIMAL");
        try (MySqlServer full = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults());
                MySqlServer minimal = MySqlServer.start(MySqlVersion.V8_0_15, bare)) {
            Replication replication = new Replication(name);
            replication.account(full);
            replication.account(minimal);
            replication.follow(minimal, full);
            full.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".types " + TYPES);
            Replication.awaitExecuted(minimal, full);
            TestServers.configure(TestServers.source(name, full), TestServers.source(name + "-bare", minimal));
            compare(full, random);
        }
    }

    private void compare(DatabaseServer server, Random random) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        CaptureInstance capture = TestServers.startInstance(TestServers.connections(), "one");
        try (LogReader full = TestServers.awaitLog(name);
                LogReader bare = TestServers.awaitLog(name + "-bare")) {
            full.readUntil(() -> !full.claims().isEmpty());
            bare.readUntil(() -> !bare.claims().isEmpty());
            // its tables are looked up before its first row
            server.execute("INSERT INTO " + schema + ".types (id) VALUES (1)");
            bare.readRows(schema + ".types", 1);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < TABLES; i++) {
                ChangingTable table = new ChangingTable(server, schema, "t" + i, new Random(random.nextLong()));
                writers.add(threads.submit(() -> {
                    table.run(() -> enough);
                    return null;
                }));
            }
            full.readUntil(() -> full.entries().size() > 300);
            writeTypes(server, random);
            capture.stop();
            capture = TestServers.startInstance(TestServers.connections(), "two");
            full.readUntil(() -> full.entries().size() > 700);
            enough = true;
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            server.execute("CREATE TABLE " + schema + ".done (id INT PRIMARY KEY)");
            server.execute("INSERT INTO " + schema + ".done VALUES (1)");
            full.readRows(schema + ".done", 1);
            bare.readRows(schema + ".done", 1);
            assertSame(full, bare);
        } finally {
            enough = true;
            threads.shutdownNow();
            capture.stop();
        }
    }

    private void writeTypes(DatabaseServer server, Random random) {
        for (int i = 0; i < 30; i++) {
            String text = Integer.toString(random.nextInt(100_000), 36);
            server.execute("INSERT INTO " + schema + ".types VALUES (DEFAULT, " + (random.nextInt(256) - 128) + ", "
                    + (i * 2000) + ", " + (random.nextInt(1 << 24) - (1 << 23)) + ", "
                    + Long.toUnsignedString(random.nextLong()) + ", " + random.nextInt() + "." + random.nextInt(10_000)
                    + ", " + random.nextFloat() + ", " + random.nextDouble() + ", " + random.nextInt(1 << 11) + ", "
                    + (1901 + random.nextInt(200)) + ", '20" + (10 + i) + "-02-03', '-" + i + ":00:00.125', '2026-01-02"
                    + " 03:04:05." + (100_000 + random.nextInt(900_000)) + "', '2026-01-02 03:04:05.25', '" + text
                    + "', '\u00e4" + text + "', X'0102', X'ff00', '" + text + "', '\u4e2d" + text + "', X'00', "
                    + (1 + random.nextInt(3)) + ", " + random.nextInt(8) + ", '{\"a\": [" + i + ", null]}', POINT(" + i
                    + ", 1), '\u4e2d', POINT(1, " + i + "))");
        }
        server.execute(
                "ALTER TABLE " + schema + ".types DROP COLUMN c, MODIFY o VARCHAR(200) CHARACTER SET utf8mb4 FIRST,"
                        + " RENAME COLUMN g TO gg, ADD UNIQUE (d)",
                "UPDATE " + schema + ".types SET a = NULL, e = e + 1, o = CONCAT(o, '\u4e2d'), w = '[1]'",
                "DELETE FROM " + schema + ".types WHERE id % 3 = 0");
    }

    private static void assertSame(LogReader full, LogReader bare) {
        assertThat(bare.entries()).hasSameSizeAs(full.entries());
        for (int i = 0; i < full.entries().size(); i++) {
            LogReader.Entry one = full.entries().get(i);
            LogReader.Entry other = bare.entries().get(i);
            assertThat(other.essence()).as("entry %d", one.seq()).isEqualTo(one.essence());
            assertThat(table(other)).as("table of entry %d", one.seq()).isEqualTo(table(one));
        }
        long rows = full.entries().stream().filter(entry -> entry.sql() == null).count();
        long statements = full.entries().size() - rows;
        LOG.info("{} rows and {} statements are the same", rows, statements);
        assertThat(rows).isGreaterThan(300);
        assertThat(statements).isGreaterThan(10);
    }

    /** Unique keys besides the primary key are those of the moment at which a source is asked. */
    private static String table(LogReader.Entry entry) {
        return entry.table() == null
                ? ""
                : entry.table().columns() + " " + entry.table().key();
    }
}
