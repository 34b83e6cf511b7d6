package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.SelectedRow;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a row decodes to is what SELECT says on the source, for every type, at its bounds and for random values. Long because
 * the list of types and bounds is the test.
 */
class TypeMatrixIT {
    private static final int RANDOM_ROWS = 150;

    /** How the expected JSON comes from the source. */
    private enum Kind {
        /** The text of the value is the JSON. */
        NUMBER,
        /** The text of the value in quotes. */
        TEXT,
        BYTES,
        FLOAT,
        DOUBLE,
        /** The label in quotes, or the number 0. */
        ENUM
    }

    private record Column(String name, String type, Kind kind, String select, List<String> literals) {}

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void everyTypeDecodesToWhatSelectSays(TestSource source) throws Exception {
        assumeTrue(source.available());
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("TypeMatrixIT " + source + " seed " + seed + " (-Dsluice.seed=" + seed + ")");
        List<Column> columns = new TypeMatrix(new Random(seed), source).columns();
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        SourcePositions before = TestSource.positions(server);
        int rows = 0;
        try (Connection connection = connect(server, schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode='', time_zone='+00:00'");
            StringBuilder create = new StringBuilder("CREATE TABLE m (id INT UNSIGNED PRIMARY KEY");
            for (Column column : columns) {
                create.append(", ")
                        .append(column.name)
                        .append(' ')
                        .append(column.type)
                        .append(" NULL");
            }
            statement.execute(create.append(") ROW_FORMAT=DYNAMIC").toString());
            int most = columns.stream()
                    .mapToInt(column -> column.literals.size())
                    .max()
                    .orElse(0);
            for (int i = 0; i < most; i++) {
                StringBuilder insert = new StringBuilder("INSERT INTO m VALUES (" + ++rows);
                for (Column column : columns) {
                    insert.append(',').append(i < column.literals.size() ? column.literals.get(i) : "NULL");
                }
                statement.execute(insert.append(')').toString());
            }
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected(schema).readRows(reader, rows);
            compare(server, schema, columns, found.rows);
            compareSelected(server, schema, found.rows);
        }
    }

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void anUpdateNamesExactlyTheColumnsThatChanged(TestSource source) throws Exception {
        assumeTrue(source.available());
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".u (id INT PRIMARY KEY, a VARCHAR(9), b INT, c BLOB, d DATETIME(3))",
                "INSERT INTO " + schema
                        + ".u VALUES (1,'x',2,'blob','2024-01-02 03:04:05.678'), (2,NULL,NULL,NULL,NULL)");
        SourcePositions before = TestSource.positions(server);
        server.execute(
                "UPDATE " + schema + ".u SET a='yy', c=NULL WHERE id=1",
                "UPDATE " + schema + ".u SET b=7, d='2000-01-01' WHERE id=2",
                "UPDATE " + schema + ".u SET id=3 WHERE id=2",
                "DELETE FROM " + schema + ".u WHERE id=3");
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            List<Collected.Row> rows = new Collected(schema).readRows(reader, 4).rows;
            assertThat(rows.get(0).array()).isEqualTo("1,\"yy\",2,null,\"2024-01-02 03:04:05.678\"");
            assertThat(rows.get(0).old())
                    .containsOnlyKeys("a", "c")
                    .containsEntry("a", "\"x\"")
                    .containsEntry("c", "\"YmxvYg==\"");
            assertThat(rows.get(1).old()).containsOnlyKeys("b", "d").containsEntry("b", "null");
            assertThat(rows.get(2).old()).containsOnlyKeys("id").containsEntry("id", "2");
            assertThat(rows.get(3).op()).isEqualTo(RowOp.DELETE);
            assertThat(rows.get(3).array()).isEqualTo("3,null,7,null,\"2000-01-01 00:00:00.000\"");
        }
    }

    /** A snapshot selects the same rows and must give the same cells. */
    private static void compareSelected(DatabaseServer server, String schema, List<Collected.Row> rows)
            throws Exception {
        SelectedRow reader = new SelectedRow(rows.get(0).table());
        SoftAssertions soft = new SoftAssertions();
        try (SourceConnection connection = SourceConnection.open(TestSource.address(server), Duration.ofSeconds(60))) {
            connection.execute("SET NAMES utf8mb4");
            connection.execute("SET SESSION time_zone = '+00:00', sql_mode = ''");
            int[] next = {0};
            connection.rows("SELECT " + reader.expressions() + " FROM " + schema + ".m ORDER BY id", packet -> {
                DecodedRow selected = reader.read(packet);
                Collected.Row decoded = rows.get(next[0]++);
                for (int i = 0; i < selected.columnCount(); i++) {
                    soft.assertThat(selected.cell(i))
                            .as("%s of row %d", decoded.table().columns().get(i), next[0])
                            .isEqualTo(decoded.cells().get(i));
                }
            });
            assertThat(next[0]).isEqualTo(rows.size());
        }
        soft.assertAll();
    }

    private static void compare(DatabaseServer server, String schema, List<Column> columns, List<Collected.Row> rows)
            throws SQLException {
        SoftAssertions soft = new SoftAssertions();
        try (Connection connection = connect(server, schema)) {
            StringBuilder select = new StringBuilder("SELECT id");
            for (Column column : columns) {
                select.append(", ").append(column.select.replace("?", column.name));
            }
            try (PreparedStatement statement = connection.prepareStatement(select + " FROM m ORDER BY id");
                    ResultSet result = statement.executeQuery()) {
                int at = 0;
                while (result.next()) {
                    Collected.Row row = rows.get(at++);
                    assertThat(row.cells().get(0)).isEqualTo(result.getString(1));
                    for (int i = 0; i < columns.size(); i++) {
                        Column column = columns.get(i);
                        soft.assertThat(actual(column, row.cells().get(i + 1)))
                                .as("%s %s in row %d", column.name, column.type, at)
                                .isEqualTo(expected(column, result, i + 2));
                    }
                }
                assertThat(at).isEqualTo(rows.size());
            }
        }
        soft.assertAll();
    }

    private static String actual(Column column, String json) {
        if (json.equals("null")) {
            return "NULL";
        }
        return switch (column.kind) {
            case NUMBER -> json;
            case TEXT, BYTES -> JsonText.unquote(json);
            case ENUM -> json.equals("0") ? "(0)" : JsonText.unquote(json);
            case FLOAT -> Float.toString(Float.parseFloat(json));
            case DOUBLE -> Double.toString(Double.parseDouble(json));
        };
    }

    private static String expected(Column column, ResultSet result, int index) throws SQLException {
        if (result.getObject(index) == null) {
            return "NULL";
        }
        return switch (column.kind) {
            case NUMBER, TEXT -> result.getString(index);
            case BYTES -> Base64.getEncoder().encodeToString(result.getBytes(index));
            case ENUM -> result.getString(index);
            case FLOAT -> Float.toString(result.getFloat(index));
            case DOUBLE -> Double.toString(result.getDouble(index));
        };
    }

    /** Over the binary protocol, where floating-point numbers keep all their bits. */
    private static Connection connect(DatabaseServer server, String schema) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(schema) + "&useServerPrepStmts=true&characterEncoding=UTF-8&yearIsDateType=false",
                server.user(),
                server.password());
    }

    /** The columns with their literals: bounds first, then random values. */
    private static final class TypeMatrix {
        private final Random random;
        private final TestSource source;
        private final List<Column> columns = new ArrayList<>();

        TypeMatrix(Random random, TestSource source) {
            this.random = random;
            this.source = source;
        }

        List<Column> columns() {
            integer("tinyint", 8);
            integer("smallint", 16);
            add(
                    "year",
                    Kind.NUMBER,
                    "CAST(? AS UNSIGNED)",
                    List.of("0", "1901", "2155", "2024"),
                    () -> String.valueOf(1901 + random.nextInt(255)));
            integer("mediumint", 24);
            integer("int", 32);
            integer("bigint", 64);
            decimal(1, 0);
            decimal(5, 5);
            decimal(9, 0);
            decimal(10, 2);
            decimal(18, 4);
            decimal(19, 9);
            decimal(38, 20);
            decimal(65, 30);
            decimal(65, 0);
            add(
                    "decimal(12,3) unsigned",
                    Kind.TEXT,
                    "CAST(? AS CHAR)",
                    List.of("0", "999999999.999"),
                    () -> random.nextInt(1_000_000) + "." + random.nextInt(1000));
            floats();
            for (int bits : new int[] {1, 7, 8, 9, 33, 63, 64}) {
                long mask = bits == 64 ? -1 : (1L << bits) - 1;
                add(
                        "bit(" + bits + ")",
                        Kind.NUMBER,
                        "CAST(? AS UNSIGNED)",
                        List.of("0", "1", unsigned(mask)),
                        () -> unsigned(random.nextLong() & mask));
            }
            temporals();
            enums();
            texts();
            bytes();
            if (!source.isMariaDb()) {
                json();
            }
            geometry();
            return columns;
        }

        private interface Literal {
            String next();
        }

        private void add(String type, Kind kind, String select, List<String> bounds, Literal literal) {
            List<String> literals = new ArrayList<>(bounds);
            literals.add("NULL");
            while (literals.size() < RANDOM_ROWS) {
                literals.add(random.nextInt(20) == 0 ? "NULL" : literal.next());
            }
            columns.add(new Column("c" + columns.size(), type, kind, select, literals));
        }

        private static String unsigned(long value) {
            return Long.toUnsignedString(value);
        }

        private void integer(String type, int bits) {
            long max = bits == 64 ? Long.MAX_VALUE : (1L << bits - 1) - 1;
            long mask = bits == 64 ? -1 : (1L << bits) - 1;
            add(type, Kind.NUMBER, "CAST(? AS CHAR)", List.of("0", "-1", "" + max, "" + (-max - 1)), () -> {
                long value = random.nextLong() >> random.nextInt(64);
                return String.valueOf(value << 64 - bits >> 64 - bits);
            });
            add(
                    type + " unsigned",
                    Kind.NUMBER,
                    "CAST(? AS CHAR)",
                    List.of("0", "1", unsigned(mask)),
                    () -> unsigned(random.nextLong() >>> random.nextInt(64) & mask));
        }

        private void decimal(int precision, int scale) {
            String nines = "9".repeat(precision - scale) + "." + "9".repeat(scale);
            String smallest = scale == 0 ? "1" : "0." + "0".repeat(scale - 1) + "1";
            add(
                    "decimal(" + precision + "," + scale + ")",
                    Kind.TEXT,
                    "CAST(? AS CHAR)",
                    List.of("0", nines, "-" + nines, smallest, "-" + smallest),
                    () -> {
                        int whole = precision > scale ? random.nextInt(precision - scale + 1) : 0;
                        return (random.nextBoolean() ? "-" : "") + digits(whole) + "."
                                + digits(random.nextInt(scale + 1));
                    });
        }

        private String digits(int count) {
            StringBuilder digits = new StringBuilder(count == 0 ? "0" : "");
            for (int i = 0; i < count; i++) {
                digits.append(random.nextInt(10));
            }
            return digits.toString();
        }

        private void floats() {
            add(
                    "float",
                    Kind.FLOAT,
                    "?",
                    List.of("0", "1", "-1.5", "3.402823e38", "1.17549435e-38", "1e-45", "16777216", "0.1", "123456.7"),
                    () -> Float.toString(randomFloat()));
            add(
                    "double",
                    Kind.DOUBLE,
                    "?",
                    List.of(
                            "0",
                            "1",
                            "-1.5",
                            "1.7976931348623157e308",
                            "2.2250738585072014e-308",
                            "4.9e-324",
                            "0.1",
                            "9007199254740993",
                            "1e15",
                            "123456789012345680",
                            "1e-5",
                            "1e22",
                            "2e-3",
                            "1e23"),
                    () -> Double.toString(randomDouble()));
        }

        private float randomFloat() {
            float value =
                    random.nextBoolean() ? Float.intBitsToFloat(random.nextInt()) : random.nextInt(100_000) / 100f;
            return Float.isFinite(value) ? value : 1.25f;
        }

        private double randomDouble() {
            double value = random.nextBoolean()
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(100_000_000) / 1000d;
            return Double.isFinite(value) ? value : 1.25;
        }

        private void temporals() {
            add(
                    "date",
                    Kind.TEXT,
                    "CAST(? AS CHAR)",
                    List.of("'0000-00-00'", "'1000-01-01'", "'9999-12-31'", "'2024-02-29'", "'2024-00-00'"),
                    () -> "'" + randomDate() + "'");
            for (int fsp = 0; fsp <= 6; fsp++) {
                int digits = fsp;
                String precision = fsp == 0 ? "" : "(" + fsp + ")";
                String nines = fsp == 0 ? "" : "." + "9".repeat(fsp);
                add(
                        "time" + precision,
                        Kind.TEXT,
                        "CAST(? AS CHAR)",
                        List.of(
                                "'00:00:00'",
                                "'838:59:59'",
                                "'-838:59:59'",
                                "'-00:00:01'",
                                "'23:59:59" + nines + "'",
                                "'-00:00:00" + nines + "'"),
                        () -> "'" + (random.nextBoolean() ? "-" : "") + random.nextInt(838) + ":" + clock(digits)
                                + "'");
                add(
                        "datetime" + precision,
                        Kind.TEXT,
                        "CAST(? AS CHAR)",
                        List.of(
                                "'0000-00-00 00:00:00'",
                                "'1000-01-01 00:00:00'",
                                "'9999-12-31 23:59:59'",
                                "'2024-02-29 23:59:59" + nines + "'"),
                        () -> "'" + randomDate() + " " + random.nextInt(24) + ":" + clock(digits) + "'");
                add(
                        "timestamp" + precision,
                        Kind.TEXT,
                        "CAST(? AS CHAR)",
                        List.of(
                                "'0000-00-00 00:00:00'",
                                "'1970-01-01 00:00:01'",
                                "'2038-01-19 03:14:07'",
                                "'2024-02-29 23:59:59" + nines + "'",
                                "'2000-02-29 00:00:00'",
                                "'2024-12-31 12:00:00'"),
                        () -> "'" + (1971 + random.nextInt(66)) + randomDate().substring(4) + " " + random.nextInt(24)
                                + ":" + clock(digits) + "'");
            }
        }

        private String randomDate() {
            return "%04d-%02d-%02d"
                    .formatted(1000 + random.nextInt(9000), 1 + random.nextInt(12), 1 + random.nextInt(28));
        }

        private String clock(int fsp) {
            String time = "%02d:%02d".formatted(random.nextInt(60), random.nextInt(60));
            return fsp == 0 ? time : time + "." + digits(fsp);
        }

        private void enums() {
            String select = "IF(?+0 = 0, '(0)', CONVERT(? USING utf8mb4))";
            add(
                    "enum('a','b''c','\u00fc','d\"e','x\\\\y') character set utf8mb4",
                    Kind.ENUM,
                    select,
                    List.of("0", "1", "5"),
                    () -> String.valueOf(random.nextInt(6)));
            add(
                    "enum('\u00e4','\u20ac') character set latin1",
                    Kind.ENUM,
                    select,
                    List.of("0", "1", "2"),
                    () -> String.valueOf(1 + random.nextInt(2)));
            StringBuilder many = new StringBuilder("enum(");
            for (int i = 1; i <= 300; i++) {
                many.append(i == 1 ? "'v" : ",'v").append(i).append('\'');
            }
            add(
                    many.append(") character set ascii").toString(),
                    Kind.ENUM,
                    select,
                    List.of("1", "256", "300"),
                    () -> String.valueOf(1 + random.nextInt(300)));
            for (int members : new int[] {1, 8, 9, 17, 33, 64}) {
                StringBuilder set = new StringBuilder("set(");
                for (int i = 1; i <= members; i++) {
                    set.append(i == 1 ? "'m" : ",'m").append(i).append('\'');
                }
                long mask = members == 64 ? -1 : (1L << members) - 1;
                add(
                        set.append(") character set utf8mb4").toString(),
                        Kind.TEXT,
                        "CONVERT(? USING utf8mb4)",
                        List.of("0", "1", unsigned(mask)),
                        () -> unsigned(random.nextLong() & mask));
            }
            add(
                    "set('\u00e4','\u00f6','q\"') character set latin1",
                    Kind.TEXT,
                    "CONVERT(? USING utf8mb4)",
                    List.of("0", "7"),
                    () -> String.valueOf(random.nextInt(8)));
        }

        private void texts() {
            String[] charsets = {"utf8mb4", "latin1", "ascii", "ucs2", "utf16", "utf32", "gbk", "sjis", "cp1251", "big5"
            };
            for (String charset : charsets) {
                String alphabet =
                        switch (charset) {
                            case "utf8mb4", "utf16", "utf32" -> "ab \"\\/\n\t\u0001\u00e9\u20ac\u4e2d\ud83d\ude00";
                            case "ucs2" -> "ab \"\\\n\u0002\u00e9\u20ac\u4e2d";
                            case "latin1" -> "ab \"\\\n\u0003\u00e9\u20ac\u0081\u009d\u00ff";
                            case "gbk", "sjis", "big5" -> "ab \"\\\n\u4e2d\u65e5\u672c";
                            case "cp1251" -> "ab \"\\\u0416\u0451";
                            default -> "ab \"\\/\n\t\u0001\u001f";
                        };
                List<String> bounds = List.of("''", "'a'", text(alphabet, 20));
                for (String type : new String[] {"char(20)", "varchar(20)", "varchar(300)", "text"}) {
                    add(
                            type + " character set " + charset,
                            Kind.TEXT,
                            "CONVERT(? USING utf8mb4)",
                            bounds,
                            () -> text(alphabet, random.nextInt(20)));
                }
            }
            add(
                    "char(90) character set utf8mb4",
                    Kind.TEXT,
                    "?",
                    List.of("''"),
                    () -> text("abc\u4e2d", random.nextInt(90)));
            for (String type : new String[] {"tinytext", "mediumtext", "longtext"}) {
                add(
                        type + " character set utf8mb4",
                        Kind.TEXT,
                        "?",
                        List.of("''"),
                        () -> text("abcdefghijklmno\"\\\n\u00e9", random.nextInt(60)));
            }
        }

        /** A literal that no quoting can spoil. */
        private String text(String alphabet, int length) {
            int[] codePoints = alphabet.codePoints().toArray();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
            }
            String hex = hex(text.toString().strip().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return hex.isEmpty() ? "''" : "CONVERT(0x" + hex + " USING utf8mb4)";
        }

        private static String hex(byte[] bytes) {
            StringBuilder hex = new StringBuilder();
            for (byte b : bytes) {
                hex.append("%02x".formatted(b));
            }
            return hex.toString();
        }

        private void bytes() {
            for (String type : new String[] {
                "binary(1)",
                "binary(5)",
                "binary(255)",
                "varbinary(10)",
                "varbinary(300)",
                "tinyblob",
                "blob",
                "mediumblob",
                "longblob"
            }) {
                int max = type.startsWith("binary(1)") ? 1 : 5;
                add(type, Kind.BYTES, "?", List.of("''", "0x00", "0xff"), () -> {
                    byte[] bytes = new byte[1 + random.nextInt(max)];
                    random.nextBytes(bytes);
                    return "0x" + hex(bytes);
                });
            }
        }

        private void json() {
            add(
                    "json",
                    Kind.TEXT,
                    "CAST(? AS CHAR CHARACTER SET utf8mb4)",
                    List.of(
                            "'null'",
                            "'true'",
                            "'{}'",
                            "'[]'",
                            "'\"\"'",
                            "'1'",
                            "'-1'",
                            "'65536'",
                            "'4294967296'",
                            "'18446744073709551615'",
                            "'1.5'",
                            "'1e100'",
                            "'-0.0'",
                            "'1e15'",
                            "'123456789012345678.5'",
                            "'1e-7'",
                            "CAST(CAST('1.50' AS DECIMAL(10,2)) AS JSON)",
                            "CAST(CAST('-99999.00001' AS DECIMAL(30,15)) AS JSON)",
                            "CAST(DATE'2024-05-06' AS JSON)",
                            "CAST(TIME'-12:34:56.789' AS JSON)",
                            "CAST(TIMESTAMP'2024-05-06 01:02:03.5' AS JSON)",
                            "CAST(x'cafe00' AS JSON)",
                            "JSON_OBJECT('b', x'00ff', 'k', REPEAT(x'41',100))",
                            "JSON_OBJECT('e', CAST(3 AS UNSIGNED), 'f', 2.50, 'g', 1e0)",
                            "CONCAT('[', REPEAT('1,', 30000), '2]')",
                            "CONCAT('{\"big\":\"', REPEAT('x', 70000), '\",\"n\":[1,70000,-70000,{\"a\":null}]}')",
                            "'{\"q\":\"\\\\\"\\\\\\\\ \\\\n\\\\u0001\\\\u00e9\\\\/\"}'",
                            "'[[[[[[1]]]]], {\"a\": {\"b\": []}}]'",
                            "JSON_ARRAY(b'101', POINT(1,2))"),
                    () -> "'" + randomJson(0) + "'");
        }

        private String randomJson(int depth) {
            int kind = random.nextInt(depth > 3 ? 5 : 8);
            return switch (kind) {
                case 0 -> String.valueOf(random.nextLong() >> random.nextInt(64));
                case 1 -> Double.toString(randomDouble());
                case 2 -> random.nextBoolean() ? "true" : "null";
                case 3, 4 -> "\"" + "k\u00e9\u4e2d".repeat(random.nextInt(4)) + random.nextInt(99) + "\"";
                case 5, 6 -> {
                    List<String> members = new ArrayList<>();
                    for (int i = random.nextInt(5); i > 0; i--) {
                        members.add("\"" + "x".repeat(random.nextInt(6)) + i + "\":" + randomJson(depth + 1));
                    }
                    yield "{" + String.join(",", members) + "}";
                }
                default -> {
                    List<String> members = new ArrayList<>();
                    for (int i = random.nextInt(5); i > 0; i--) {
                        members.add(randomJson(depth + 1));
                    }
                    yield "[" + String.join(",", members) + "]";
                }
            };
        }

        private void geometry() {
            add(
                    "geometry",
                    Kind.BYTES,
                    "?",
                    List.of("ST_GeomFromText('LINESTRING(0 0,1 1,2 2)')"),
                    () -> "ST_GeomFromText('POINT(" + random.nextInt(90) + " " + random.nextInt(90) + ")')");
        }
    }
}
