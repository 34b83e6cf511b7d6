package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A target that has nothing yet gets a table with a column of every type, and in the end the source's rows. */
class MissingTablesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Literals for each type, the bounds among them. */
    private static Map<String, List<String>> types() {
        Map<String, List<String>> types = new LinkedHashMap<>();
        for (String type : List.of("tinyint", "smallint", "mediumint", "int", "bigint")) {
            types.put(type, List.of("-1", "127"));
            types.put(type + " unsigned", List.of("0", "255"));
        }
        types.put("bigint(20) unsigned zerofill", List.of("18446744073709551615", "7"));
        types.put("tinyint(1)", List.of("0", "1"));
        types.put(
                "decimal(65,30)", List.of("-99999999999999999999999999999999999.123456789012345678901234567891", "0"));
        types.put("decimal(12,3) unsigned", List.of("999999999.999", "0.001"));
        types.put("float", List.of("3.4e38", "-0.3"));
        types.put("float(7,3)", List.of("12.345", "-1"));
        types.put("double", List.of("1.7976931348623157e308", "-1e-300"));
        types.put("bit(1)", List.of("b'1'", "b'0'"));
        types.put("bit(64)", List.of("18446744073709551615", "5"));
        types.put("year", List.of("1901", "0"));
        types.put("date", List.of("'0000-00-00'", "'9999-12-31'"));
        types.put("time", List.of("'-838:59:59'", "'12:00:00'"));
        types.put("time(6)", List.of("'-00:00:00.000001'", "'838:59:58.999999'"));
        types.put("datetime", List.of("'1000-01-01 00:00:00'", "'9999-12-31 23:59:59'"));
        types.put("datetime(6)", List.of("'2026-11-21 09:30:00.123456'", "'0000-00-00 00:00:00'"));
        types.put("timestamp", List.of("'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'"));
        types.put("timestamp(3)", List.of("'2026-11-21 09:30:00.123'", "'2026-11-21 09:30:00'"));
        types.put("char(10)", List.of("'a'", "''"));
        types.put("varchar(60) collate utf8mb4_0900_as_cs", List.of("'ä€😀 '", "'it''s \\\\'"));
        types.put("varchar(20) character set latin1", List.of("'é ÿ'", "'x'"));
        types.put("varchar(20) character set utf8mb3 collate utf8mb3_bin", List.of("'中文'", "'x'"));
        types.put("varchar(20) character set ascii", List.of("'abc'", "''"));
        types.put("tinytext", List.of("'tiny'", "''"));
        types.put("text character set gbk", List.of("'中文'", "''"));
        types.put("mediumtext", List.of("REPEAT('x', 70000)", "''"));
        types.put("longtext", List.of("'long'", "''"));
        types.put("enum('a','b''c','d\\\\e')", List.of("'b''c'", "'d\\\\e'"));
        types.put("set('x','y','z')", List.of("'x,z'", "''"));
        types.put("binary(4)", List.of("x'00ff'", "x'01020304'"));
        types.put("varbinary(300)", List.of("x'00275cff'", "''"));
        types.put("tinyblob", List.of("x'00'", "''"));
        types.put("blob", List.of("REPEAT(x'ff00', 10000)", "''"));
        types.put("mediumblob", List.of("x'0102'", "''"));
        types.put("longblob", List.of("x'03'", "''"));
        types.put("json", List.of("'{\"a\": [1, \"ü\", null]}'", "'null'"));
        types.put("point", List.of("ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('POINT(3 4)')"));
        types.put("geometry", List.of("ST_GeomFromText('LINESTRING(0 0,1 1)')", "ST_GeomFromText('POINT(3 4)')"));
        return types;
    }

    private static final String KEYS = "id INT NOT NULL AUTO_INCREMENT COMMENT 'the key', code VARCHAR(20) NOT NULL"
            + " DEFAULT 'none', part INT DEFAULT 7, twice INT GENERATED ALWAYS AS (part * 2) STORED,"
            + " PRIMARY KEY (id), UNIQUE KEY codes (code(10), part)";

    @Test
    void atMySql() throws Exception {
        Stack stack = SharedStack.get();
        made("made-my", stack.target(), "MYSQL");
    }

    @Test
    void atMariaDb() throws Exception {
        made("made-maria", SharedServers.mariadb(), "MARIADB");
    }

    private static void made(String name, DatabaseServer target, String kind) throws Exception {
        Stack stack = SharedStack.get();
        AdminClient admin = stack.services().admin();
        String schema = name.replace('-', '_');
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        types().forEach((type, literals) -> {
            columns.add("c" + columns.size() + " " + type + " NULL COMMENT '" + type.replaceAll("['\\\\]", "") + "'");
            values.add(literals.get(0));
            values.add(literals.get(1));
            columns.add("c" + columns.size() + " " + type + " NOT NULL");
        });
        stack.source()
                .execute(
                        "CREATE DATABASE " + schema,
                        "CREATE TABLE " + schema + ".matrix (" + KEYS + ", " + String.join(", ", columns) + ")"
                                + " COMMENT 'every type' DEFAULT CHARSET utf8mb4");
        SharedStack.dataSources(name);
        assertThat(admin.delete("/data-sources/" + name + "-target").status()).isLessThan(300);
        admin.create(
                "/data-sources",
                Map.of(
                        "name", name + "-target",
                        "kind", kind,
                        "host", target.host(),
                        "port", target.port(),
                        "username", target.user(),
                        "password", target.password()));
        Map<String, Object> mapping = Map.of("schema", schema, "table", "matrix", "targetTable", "made");
        AdminClient.Answer refused = admin.post(
                "/channels",
                Map.of(
                        "name",
                        name,
                        "pipelines",
                        List.of(SharedStack.pipeline(name, name, List.of(mapping), Map.of()))));
        assertThat(refused.body().toString()).contains("mappings[0].targetTable", "set createTable");
        Map<String, Object> making = new LinkedHashMap<>(mapping);
        making.put("createTable", true);
        SharedStack.channel(name, List.of(SharedStack.pipeline(name, name, List.of(making), Map.of("partitions", 4))));

        try (Connection source = stack.source().connect(schema);
                Statement statement = source.createStatement()) {
            statement.execute("SET SESSION sql_mode='', time_zone='+00:00'");
            for (int row = 0; row < 12; row++) {
                int swap = row % 2;
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < values.size(); i++) {
                    cells.add(row % 5 == 4 && i % 2 == 0 ? "NULL" : values.get(i ^ swap));
                }
                statement.execute("INSERT INTO matrix (code, part, "
                        + columns.stream()
                                .map(column -> column.substring(0, column.indexOf(' ')))
                                .collect(Collectors.joining(", "))
                        + ") VALUES ('k" + row + "', " + row + ", " + String.join(", ", cells) + ")");
            }
            statement.execute("UPDATE matrix SET part = part + 100 WHERE id < 4");
            statement.execute("DELETE FROM matrix WHERE id = 6");
        }
        String list = "id, code, part, twice, "
                + columns.stream().map(MissingTablesIT::shown).collect(Collectors.joining(", "));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                SharedStack.rows(target, "SELECT " + list + " FROM " + schema + ".made ORDER BY id"))
                        .hasSize(11)
                        .isEqualTo(SharedStack.rows(
                                stack.source(), "SELECT " + list + " FROM " + schema + ".matrix ORDER BY id")));

        String shape = "SELECT column_name, is_nullable, column_comment, extra LIKE 'auto%' FROM"
                + " information_schema.columns WHERE table_schema='" + schema + "' ORDER BY ordinal_position";
        assertThat(SharedStack.rows(target, shape)).isEqualTo(SharedStack.rows(stack.source(), shape));
        String keys = "SELECT index_name, column_name, sub_part FROM information_schema.statistics WHERE table_schema='"
                + schema + "' ORDER BY index_name, seq_in_index";
        assertThat(SharedStack.rows(target, keys)).isEqualTo(SharedStack.rows(stack.source(), keys));
        if (kind.equals("MYSQL")) {
            String types = "SELECT column_type, collation_name, column_default, generation_expression FROM"
                    + " information_schema.columns WHERE table_schema='" + schema + "' ORDER BY ordinal_position";
            assertThat(SharedStack.rows(target, types)).isEqualTo(SharedStack.rows(stack.source(), types));
        }
        SharedStack.remove(name);
    }

    /** As both servers show it: each has an own idea of the digits of a large number. */
    private static String shown(String column) {
        String name = column.substring(0, column.indexOf(' '));
        String type = column.substring(column.indexOf(' ') + 1);
        if (type.startsWith("decimal") || type.startsWith("float") || type.startsWith("double")) {
            return "CONCAT('', " + name + ")";
        }
        return "HEX(" + (type.startsWith("json") ? "CAST(" + name + " AS CHAR)" : name) + ")";
    }
}
