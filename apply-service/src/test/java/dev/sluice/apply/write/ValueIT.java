package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a target holds is what SELECT says on a source into which the value was written as a literal. */
class ValueIT {
    /** A value as the source's literal and as the cell that stands for it. */
    record Value(String type, String literal, String cell) {}

    private static final Map<DatabaseServer, TargetWriter> WRITERS = new ConcurrentHashMap<>();

    @AfterAll
    static void close() {
        WRITERS.values().forEach(TargetWriter::close);
    }

    private static final String LONG_TEXT = "äö'\\\"€😀".repeat(3_000);

    static List<Value> values() {
        List<Value> values = new ArrayList<>();
        values.add(new Value("tinyint", "-128", "-128"));
        values.add(new Value("tinyint unsigned", "255", "255"));
        values.add(new Value("mediumint", "-8388608", "-8388608"));
        values.add(new Value("bigint unsigned", "18446744073709551615", "18446744073709551615"));
        values.add(new Value("bigint", "-9223372036854775808", "-9223372036854775808"));
        values.add(new Value(
                "decimal(65,30)",
                "-99999999999999999999999999999999999.123456789012345678901234567891",
                "-99999999999999999999999999999999999.123456789012345678901234567891"));
        values.add(new Value("decimal(20,4)", "1.5000", "\"1.5000\""));
        for (String f : List.of("0.1", "-0.3", "3.4028235E38", "1.1754944E-38", "16777216")) {
            values.add(new Value("float", f, f));
        }
        for (String d : List.of("0.1", "1.7976931348623157E308", "2.2250738585072014E-308", "-123456789.123456789")) {
            values.add(new Value("double", d, d));
        }
        values.add(new Value("bit(1)", "b'1'", "1"));
        values.add(new Value("bit(8)", "39", "39"));
        values.add(new Value("bit(64)", "18446744073709551615", "18446744073709551615"));
        for (String year : List.of("0", "1901", "2155", "2000")) {
            values.add(new Value("year", year, year));
        }
        for (String date : List.of("0000-00-00", "2020-02-31", "9999-12-31", "2020-00-15")) {
            values.add(new Value("date", "'" + date + "'", "\"" + date + "\""));
        }
        for (String time : List.of("-838:59:59", "838:59:59", "-00:00:01", "00:00:00")) {
            values.add(new Value("time", "'" + time + "'", "\"" + time + "\""));
        }
        values.add(new Value("time(6)", "'-12:34:56.000001'", "\"-12:34:56.000001\""));
        values.add(new Value("datetime(6)", "'1000-01-01 00:00:00.000001'", "\"1000-01-01 00:00:00.000001\""));
        values.add(new Value("datetime", "'0000-00-00 00:00:00'", "\"0000-00-00 00:00:00\""));
        for (String t :
                List.of("1970-01-01 00:00:01.000001", "2038-01-19 03:14:07.999999", "0000-00-00 00:00:00.000000")) {
            values.add(new Value("timestamp(6)", "'" + t + "'", "\"" + t + "\""));
        }
        values.add(new Value("char(10)", "'a '", "\"a\""));
        values.add(new Value("varchar(50)", "'trailing  '", "\"trailing  \""));
        values.add(new Value("varchar(50)", "'it''s \\\\ \\' %'", "\"it's \\\\ ' %\""));
        values.add(new Value("varchar(50)", "'\\0\\n\\r\\t\\Z\\\"'", "\"\\u0000\\n\\r\\t\\u001a\\\"\""));
        values.add(new Value("varchar(50)", "'😀 中文 ÿ'", "\"😀 中文 \\u00ff\""));
        values.add(new Value("varchar(50)", "''", "\"\""));
        values.add(new Value("varchar(50)", "'NULL'", "\"NULL\""));
        values.add(new Value("varchar(20) character set latin1", "'é ÿ \\\\'", "\"é ÿ \\\\\""));
        values.add(new Value("varchar(20) character set gbk", "'中文誠\\\\'", "\"中文誠\\\\\""));
        values.add(new Value(
                "mediumtext",
                "'" + LONG_TEXT.replace("\\", "\\\\").replace("'", "''") + "'",
                "\"" + LONG_TEXT.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        byte[] large = new byte[200_000];
        new java.util.Random(1).nextBytes(large);
        for (byte[] bytes : List.of(new byte[0], new byte[] {0, 39, 92, -1}, all)) {
            values.add(binary("varbinary(300)", bytes));
        }
        values.add(binary("binary(4)", new byte[] {1, 0, 0, 0}));
        values.add(binary("blob", all));
        values.add(binary("mediumblob", large));
        values.add(new Value("enum('a','b''c')", "'b''c'", "\"b'c\""));
        values.add(new Value("set('a','b','c')", "'a,c'", "\"a,c\""));
        values.add(new Value("set('a','b','c')", "''", "\"\""));
        values.add(new Value(
                "point",
                "ST_GeomFromText('POINT(1 2)')",
                base64("000000000101000000000000000000F03F0000000000000040")));
        values.add(new Value(
                "geometry",
                "ST_GeomFromText('POINT(1 2)', 3857)",
                base64("110F00000101000000000000000000F03F0000000000000040")));
        return values;
    }

    static List<Value> mysqlOnly() {
        return List.of(
                new Value(
                        "json",
                        "'{\"a\": [1, \"x\\\\\"y\", null, 1.5], \"ü\": \"😀\"}'",
                        "\"{\\\"a\\\": [1, \\\"x\\\\\\\"y\\\", null, 1.5], \\\"ü\\\": \\\"😀\\\"}\""),
                new Value("json", "'null'", "\"null\""),
                new Value("json", "'\"it''s\"'", "\"\\\"it's\\\"\""));
    }

    private static Value binary(String type, byte[] bytes) {
        return new Value(
                type,
                "x'" + HexFormat.of().formatHex(bytes) + "'",
                "\"" + Base64.getEncoder().encodeToString(bytes) + "\"");
    }

    private static String base64(String hex) {
        return "\"" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)) + "\"";
    }

    @TestFactory
    List<DynamicTest> arriveUnchangedAtMySql() throws SQLException {
        List<Value> values = values();
        values.addAll(mysqlOnly());
        return tests(SharedServers.mysql(), values);
    }

    @TestFactory
    List<DynamicTest> arriveUnchangedAtMariaDb() throws SQLException {
        return tests(SharedServers.mariadb(), values());
    }

    private List<DynamicTest> tests(DatabaseServer server, List<Value> values) {
        String database = Databases.create(server, "values");
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            String name = "v" + i;
            String label = value.type + " " + value.literal.substring(0, Math.min(40, value.literal.length()));
            tests.add(DynamicTest.dynamicTest(label, () -> arrives(server, database, name, value)));
            tests.add(DynamicTest.dynamicTest(
                    label + " as a key", () -> isFoundAgainInATableWithoutKey(server, database, name, value)));
        }
        return tests;
    }

    private void arrives(DatabaseServer server, String database, String name, Value value) throws Exception {
        try (Connection source = sourceOf(server, database);
                Statement statement = source.createStatement()) {
            TargetWriter writer = WRITERS.computeIfAbsent(server, TestWriters::of);
            for (String table : List.of(name + "_source", name)) {
                statement.execute("CREATE TABLE " + table + " (id INT PRIMARY KEY, c " + value.type + ")");
            }
            statement.execute("INSERT INTO " + name + "_source VALUES (1, " + value.literal + "), (2, NULL)");
            TableLine table =
                    Tables.table(1, database, name, List.of("id int", "c " + value.type), List.of(0), List.of());
            Partition partition = new Partition(database + name, 0);
            writer.watermark(partition);

            writer.write(Rows.batch(
                    partition,
                    Watermark.NONE,
                    new MessageBuilder()
                            .transaction()
                            .insert(table, "1", value.cell)
                            .insert(table, "2", "null")
                            .build(1, 1)));

            assertThat(contents(statement, name, value.type))
                    .isEqualTo(contents(statement, name + "_source", value.type));
        }
    }

    private void isFoundAgainInATableWithoutKey(DatabaseServer server, String database, String name, Value value)
            throws Exception {
        try (Connection source = sourceOf(server, database);
                Statement statement = source.createStatement()) {
            TargetWriter writer = WRITERS.computeIfAbsent(server, TestWriters::of);
            String keyless = name + "_keyless";
            statement.execute("CREATE TABLE " + keyless + " (c " + value.type + ", n INT)");
            statement.execute("INSERT INTO " + keyless + " VALUES (" + value.literal + ", 1), (NULL, 1)");
            TableLine table =
                    Tables.table(1, database, keyless, List.of("c " + value.type, "n int"), List.of(), List.of());
            Partition partition = new Partition(database + keyless, 0);
            writer.watermark(partition);

            WriteOutcome outcome = writer.write(Rows.batch(
                    partition,
                    Watermark.NONE,
                    new MessageBuilder()
                            .transaction()
                            .update(table, new String[] {value.cell, "1"}, new String[] {value.cell, "2"})
                            .delete(table, value.cell, "2")
                            .delete(table, "null", "1")
                            .build(1, 1)));

            assertThat(outcome).isEqualTo(new WriteOutcome.Written(0));
            try (ResultSet left = statement.executeQuery("SELECT COUNT(*) FROM " + keyless)) {
                left.next();
                assertThat(left.getInt(1)).isZero();
            }
        }
    }

    @Test
    void storesTheIndexOfAnInvalidEnumMemberAndNothingElseThatIsNotStrict() throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String database = Databases.create(server, "enums");
        server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, e ENUM('a','b'), v VARCHAR(3))");
        TableLine table = Tables.table(
                1, database, "t", List.of("id int", "e enum('a','b')", "v varchar(3)"), List.of(0), List.of());
        Partition partition = new Partition(database, 0);
        try (TargetWriter writer = TestWriters.of(server)) {
            writer.watermark(partition);
            writer.write(Rows.batch(
                    partition,
                    Watermark.NONE,
                    new MessageBuilder()
                            .transaction()
                            .insert(table, "1", "\"b\"", "\"x\"")
                            .insert(table, "2", "0", "\"y\"")
                            .insert(table, "3", "\"a\"", "\"z\"")
                            .build(1, 1)));
            try (Connection connection = server.connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT GROUP_CONCAT(e+0 ORDER BY id) FROM t")) {
                result.next();
                assertThat(result.getString(1)).isEqualTo("2,0,1");
            }
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> writer.write(Rows.batch(
                            partition,
                            new Watermark(1, 3),
                            new MessageBuilder()
                                    .transaction()
                                    .insert(table, "4", "0", "\"much too long\"")
                                    .build(1, 4))))
                    .hasMessageContaining("column v");
        }
    }

    static String contents(Statement statement, String table, String type) throws SQLException {
        boolean numeric = type.startsWith("float") || type.startsWith("double") || type.startsWith("bit");
        String cell = numeric ? "CONCAT(c+0e0, '/', HEX(c))" : "HEX(CONCAT('', c))";
        try (ResultSet result = statement.executeQuery("SELECT id, " + cell + " FROM " + table + " ORDER BY id")) {
            StringBuilder text = new StringBuilder();
            while (result.next()) {
                text.append(result.getString(1))
                        .append('=')
                        .append(result.getString(2))
                        .append('\n');
            }
            return text.toString();
        }
    }

    static Connection sourceOf(DatabaseServer server, String database) throws SQLException {
        Connection connection = server.connect(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode='ALLOW_INVALID_DATES', time_zone='+00:00'");
        }
        return connection;
    }
}
