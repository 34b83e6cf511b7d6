package dev.sluice.testsupport.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testsupport.process.ChildProcess;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableComparisonIT {
    private final MySqlServer server = SharedServers.mysql();
    private String database;

    @BeforeEach
    void create() {
        database = Databases.create(server);
    }

    private TableComparison.Result compare() throws Exception {
        try (Connection source = server.connect(database);
                Connection target = server.connect(database)) {
            return TableComparison.compare(source, database + ".a", target, database + ".b");
        }
    }

    private void run(String... statements) {
        for (String statement : statements) {
            server.execute(statement.replace("@", database + "."));
        }
    }

    @Test
    void seesMissingExtraAndDifferentRows() throws Exception {
        run(
                "CREATE TABLE @a (id INT PRIMARY KEY, v VARCHAR(20), b VARBINARY(20))",
                "CREATE TABLE @b LIKE @a",
                "INSERT INTO @a VALUES (1, 'x', x'00'), (2, 'y', NULL), (9, 'same', x'ff'), (10, 'case', NULL)",
                "INSERT INTO @b VALUES (2, NULL, NULL), (9, 'same', x'ff'), (10, 'Case', NULL), (11, 'z', NULL)");
        TableComparison.Result result = compare();
        assertThat(result.rows()).isEqualTo(4);
        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.extra()).isEqualTo(1);
        assertThat(result.different()).isEqualTo(2);
        assertThat(result.isEqual()).isFalse();
        assertThat(result.examples())
                .containsExactlyInAnyOrder(
                        "missing in the target: id='1'",
                        "id='2': v 'y' became NULL",
                        "id='10': v 'case' became 'Case'",
                        "only in the target: id='11'");
    }

    @Test
    void comparesEveryTypeByItsExactValue() throws Exception {
        String columns = "(k VARCHAR(10) COLLATE utf8mb4_0900_ai_ci, n INT, e ENUM('', 'a'), s SET('p', 'q'), t BIT(9),"
                + " f FLOAT, d DOUBLE, m DECIMAL(30, 10), j JSON, g POINT, ts TIMESTAMP(6) NULL, ti TIME(6), y YEAR,"
                + " l CHAR(5) CHARACTER SET latin1, bl BLOB, PRIMARY KEY (k, n))";
        run("CREATE TABLE @a " + columns, "CREATE TABLE @b " + columns);
        String row =
                "('ä', 1, '', 'p,q', b'101010101', 0.1, 1e300, 12345678901234567890.0123456789, '{\"a\": [1, 2.5]}',"
                        + " ST_GeomFromText('POINT(1 2)'), '2020-01-02 03:04:05.678901', '-838:00:00.5', 2020, 'é', x'00ff')";
        run("INSERT INTO @a VALUES " + row, "INSERT INTO @b VALUES " + row);
        run(
                "INSERT INTO @a (k, n) VALUES ('b', 2), ('B', 10), ('c', -1)",
                "INSERT INTO @b (k, n) VALUES ('c', -1), ('B', 10), ('b', 2)");
        assertThat(compare()).hasToString("4 rows, all equal");

        for (String change : new String[] {
            "s = 'p'",
            "t = b'101010100'",
            "f = 0.10000001",
            "d = 1.0000000000000002e300",
            "m = m + 0.0000000001",
            "j = '{\"a\": [1, 2]}'",
            "g = ST_GeomFromText('POINT(1 2)', 4326)",
            "ts = ts + INTERVAL 1 MICROSECOND",
            "ti = '-838:00:00.500001'",
            "l = 'e'",
            "bl = x'00fe'",
            "e = 'a'"
        }) {
            run("UPDATE @b SET " + change + " WHERE n = 1");
            TableComparison.Result result = compare();
            assertThat(result.different()).as(change).isEqualTo(1);
            assertThat(result.examples().get(0)).contains(": " + change.split(" ")[0] + " ");
            run("REPLACE INTO @b VALUES " + row);
        }
    }

    /** Run in a JVM of its own with a heap that is smaller than either table. */
    static final class Comparison {
        public static void main(String[] args) throws Exception {
            try (Connection source = DriverManager.getConnection(args[0], args[1], args[2]);
                    Connection target = DriverManager.getConnection(args[0], args[1], args[2])) {
                System.out.println(TableComparison.compare(source, args[3] + ".a", target, args[3] + ".b"));
            }
        }
    }

    @Test
    void streamsTablesThatDoNotFitIntoTheHeap(@TempDir Path directory) throws Exception {
        run(
                "CREATE TABLE @a (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(3000))",
                "INSERT INTO @a (v) VALUES (REPEAT('x', 3000))");
        for (int i = 0; i < 15; i++) {
            run("INSERT INTO @a (v) SELECT v FROM @a");
        }
        run("CREATE TABLE @b LIKE @a", "INSERT INTO @b SELECT * FROM @a", "DELETE FROM @b WHERE id = 1");
        String said = ChildProcess.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Comparison.class.getName(),
                        server.jdbcUrl(database),
                        server.user(),
                        server.password(),
                        database),
                Map.of(),
                directory.resolve("comparison.log"),
                Duration.ofMinutes(3));
        assertThat(said).contains("32768 rows; missing 1, extra 0, different 0:", "missing in the target: id='1'");
    }
}
