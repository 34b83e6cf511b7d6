package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.row.BareTable;
import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.SelectedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.binlog.schema.LiveTables;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of servers that do not log the names of columns are what SELECT says, with shapes from information_schema. */
class BareTableMapIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(BareSource.class)
    void rowsAreWhatSelectSays(BareSource bare) throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("BareTableMapIT " + bare + " seed " + seed + " (-Dsluice.seed=" + seed + ")");
        Random random = new Random(seed);
        boolean mariaDb = bare.isMariaDb();
        try (DatabaseServer server = bare.start();
                LiveTables live = LiveTables.open(TestSource.address(server), PATIENCE)) {
            String schema = Databases.create(server);
            FilePosition start = TestSource.positions(server).current();
            server.execute(create(schema, mariaDb));
            int rows = 300;
            List<String> inserts = new ArrayList<>(List.of("SET sql_mode='', NAMES utf8mb4, time_zone='+00:00'"));
            for (int id = 1; id <= rows; id++) {
                inserts.add("INSERT INTO " + schema + ".t VALUES (" + id + values(random, mariaDb) + ")");
            }
            server.execute(inserts.toArray(String[]::new));
            Collected found = new Collected(schema, live);
            try (BinlogReader reader = BinlogReader.open(TestSource.options(server), start)) {
                found.readRows(reader, rows);
            }
            TableShape shape = found.rows.get(0).table();
            assertThat(found.rows).allMatch(row -> row.table() == shape);
            compare(server, schema, found.rows);
        }
    }

    /** The shape that is looked up is the one that a full table map tells. */
    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_8_0", "MARIADB_10_11"})
    void theShapeLookedUpIsThatOfAFullTableMap(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        String unusual = ".`A``b` (n INT, `Ünï` VARCHAR(7) CHARACTER SET latin1 NOT NULL, u INT NOT NULL, v INT UNIQUE,"
                + " UNIQUE KEY (`Ünï`(3)), UNIQUE KEY z (u, n), UNIQUE KEY y (u), c CHAR(3) CHARACTER SET utf8,"
                + " e ENUM('a''b','c\\\\d','e\\nf','') CHARACTER SET latin1, s SET('x','ü') NOT NULL)";
        String prefixed = ".p (b BLOB, a VARCHAR(90) CHARACTER SET utf8mb4, PRIMARY KEY (a(5), b(3)))";
        FilePosition start = TestSource.positions(server).current();
        List<String> statements = new ArrayList<>(List.of(
                create(schema, source.isMariaDb()),
                "CREATE TABLE " + schema + unusual,
                "CREATE TABLE " + schema + prefixed,
                "SET sql_mode=''",
                "INSERT INTO " + schema + ".t (id) VALUES (1)",
                "INSERT INTO " + schema + ".`A``b` (u) VALUES (1)",
                "INSERT INTO " + schema + ".p VALUES ('b','a')"));
        int tables = 3;
        if (source.isMariaDb()) {
            statements.add("CREATE TABLE " + schema + ".m (a INET6, b UUID, c INET4, d JSON,"
                    + " e VARCHAR(300) COMPRESSED, f BLOB COMPRESSED)");
            statements.add("INSERT INTO " + schema + ".m (d) VALUES ('{}')");
            tables++;
        }
        server.execute(statements.toArray(String[]::new));
        Collected found = new Collected(schema);
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), start)) {
            found.readRows(reader, tables);
        }
        try (LiveTables live = LiveTables.open(TestSource.address(server), PATIENCE)) {
            for (Collected.Row row : found.rows) {
                TableShape logged = row.table();
                TableShape looked = live.read(schema, logged.table()).shape();
                assertThat(looked).isNotNull();
                assertThat(looked.columns()).as(logged.toString()).isEqualTo(logged.columns());
                assertThat(looked.primaryKey()).as(logged.toString()).isEqualTo(logged.primaryKey());
                assertThat(looked.keyPrefixes()).as(logged.toString()).isEqualTo(logged.keyPrefixes());
            }
            assertThat(live.read(schema, "nothing").shape()).isNull();
        }
    }

    @Test
    void aShapeThatDoesNotFitIsToldApart() throws Exception {
        try (DatabaseServer server = BareSource.MYSQL_5_7.start();
                LiveTables live = LiveTables.open(TestSource.address(server), PATIENCE)) {
            String schema = Databases.create(server);
            server.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, a VARCHAR(9), b INT UNSIGNED)");
            FilePosition start = TestSource.positions(server).current();
            server.execute("INSERT INTO " + schema + ".t VALUES (1,'a',4000000000)");
            TableShape before = live.read(schema, "t").shape();
            assertThat(before).isNotNull();
            assertThat(misfit(server, start, before)).isNull();
            for (String change : List.of(
                    "ADD c INT", "DROP c, MODIFY a VARCHAR(10)", "MODIFY a CHAR(9)", "MODIFY a VARCHAR(9) NOT NULL")) {
                server.execute("ALTER TABLE " + schema + ".t " + change);
                TableShape after = live.read(schema, "t").shape();
                assertThat(after).isNotNull();
                assertThat(misfit(server, start, after)).as(change).isNotNull();
            }
            assertThatThrownBy(() -> {
                        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), start)) {
                            new Collected(schema).readRows(reader, 1);
                        }
                    })
                    .hasMessageContaining("binlog_row_metadata=FULL");
        }
    }

    private static @Nullable String misfit(DatabaseServer server, FilePosition start, TableShape shape)
            throws Exception {
        List<@Nullable String> misfits = new ArrayList<>();
        Collected passing = new Collected(shape.schema()) {
            @Override
            public @Nullable TableShape shapeOf(BareTable table) {
                misfits.add(table.misfit(shape));
                return null;
            }
        };
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), start)) {
            passing.readUntil(
                    reader,
                    () -> !misfits.isEmpty()
                            && !passing.transactions.get(0).end().isEmpty());
        }
        assertThat(passing.rows).isEmpty();
        return misfits.get(0);
    }

    private static String create(String schema, boolean mariaDb) {
        return "CREATE TABLE " + schema + ".t (id INT UNSIGNED PRIMARY KEY, i1 TINYINT, i2 SMALLINT UNSIGNED,"
                + " i3 MEDIUMINT(5) UNSIGNED ZEROFILL, i4 INT, i8 BIGINT UNSIGNED, d DECIMAL(12,3) UNSIGNED,"
                + " f FLOAT, g DOUBLE UNSIGNED, y YEAR, b BIT(11), dt DATE, t TIME(2), ts TIMESTAMP(6) NULL,"
                + " dm DATETIME(3), c1 CHAR(9) CHARACTER SET latin1, c2 VARCHAR(99) CHARACTER SET utf8mb4,"
                + " c3 TEXT CHARACTER SET gbk, c4 VARCHAR(9) CHARACTER SET utf16 COLLATE utf16_bin,"
                + " x1 BINARY(5), x2 VARBINARY(300), x3 MEDIUMBLOB, p POINT,"
                + " e ENUM('a','b''c','\u00fc','d\"e','x\\\\y') CHARACTER SET latin1,"
                + " s SET('a','\u00fc','q\"') CHARACTER SET utf8mb4, gen INT AS (i1 + 1) "
                + (mariaDb ? "PERSISTENT" : "STORED") + ", j JSON)";
    }

    private static String values(Random random, boolean mariaDb) {
        StringBuilder values = new StringBuilder();
        List<String> all = List.of(
                "" + (random.nextInt(254) - 127),
                "" + random.nextInt(65536),
                "" + random.nextInt(1 << 24),
                "" + random.nextInt(),
                Long.toUnsignedString(random.nextLong()),
                random.nextInt(1000000) + "." + random.nextInt(1000),
                "" + random.nextInt() / 7f,
                "" + Math.abs(random.nextInt() / 7d),
                "" + (1901 + random.nextInt(255)),
                "" + random.nextInt(2048),
                "'2024-02-" + (1 + random.nextInt(29)) + "'",
                "'-" + random.nextInt(800) + ":59:01.25'",
                "'2024-02-29 23:59:59." + random.nextInt(1000000) + "'",
                "'0000-00-00 00:00:00'",
                "'\u00e4\u20ac'",
                "'\u4e2d\ud83d\ude00 " + random.nextInt() + "'",
                "'\u4e2d\u65e5'",
                "'\u20ac'",
                "0x00ff",
                "0x" + "0af0".repeat(random.nextInt(70)) + "01",
                "0x80",
                "ST_GeomFromText('POINT(1 " + random.nextInt(90) + ")')",
                "" + random.nextInt(6),
                "" + random.nextInt(8),
                "DEFAULT",
                "'{\"a\": [" + random.nextInt() + ", null, \"\u4e2d\"]}'");
        for (String value : all) {
            values.append(',').append(value.equals("DEFAULT") || random.nextInt(9) != 0 ? value : "NULL");
        }
        return values.toString();
    }

    private static void compare(DatabaseServer server, String schema, List<Collected.Row> rows) throws Exception {
        SelectedRow reader = new SelectedRow(rows.get(0).table());
        try (SourceConnection connection = SourceConnection.open(TestSource.address(server), PATIENCE)) {
            connection.execute("SET SESSION time_zone = '+00:00', sql_mode = ''");
            int[] next = {0};
            connection.rows("SELECT " + reader.expressions() + " FROM " + schema + ".t ORDER BY id", packet -> {
                DecodedRow selected = reader.read(packet);
                Collected.Row decoded = rows.get(next[0]++);
                for (int i = 0; i < selected.columnCount(); i++) {
                    ColumnShape column = decoded.table().columns().get(i);
                    assertThat(decoded.cells().get(i))
                            .as("%s of row %d", column, next[0])
                            .isEqualTo(selected.cell(i));
                }
            });
            assertThat(next[0]).isEqualTo(rows.size());
        }
    }
}
