package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Targets;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsMode;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that a target does not have are made as the rows need them, whatever has become of the source's since. */
class MissingTableIT {
    private static final DatabaseServer SOURCE = SharedServers.mysql();
    private static final List<Column> ORDERS = List.of(
            new Column("id", "int"),
            new Column("note", "varchar(20)"),
            new Column("total", "decimal(10,2)"),
            new Column("code", "varchar(8)"));

    static List<DatabaseServer> targets() {
        return List.of(SharedServers.mysql(), SharedServers.mariadb());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("targets")
    void oneTableIsMadeForAllWhoComeAtOnce(DatabaseServer target) throws Exception {
        String schema =
                source("CREATE TABLE {s}.orders (id INT PRIMARY KEY, note VARCHAR(20) COLLATE utf8mb4_0900_as_cs"
                        + " NOT NULL DEFAULT 'it''s \\\\ new' COMMENT 'what it is', total DECIMAL(10,2) DEFAULT -1.50,"
                        + " code VARCHAR(8), UNIQUE KEY codes (code)) COMMENT='orders'");
        String made = schema + "_made";
        TableLine line = line(schema, ORDERS, List.of(0), List.of(List.of(3)), new TableLine.Target(made, "orders"));
        List<Callable<Object>> writers = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            int id = n;
            writers.add(() -> {
                try (TargetWriter writer = writer(target)) {
                    return write(writer, schema, id, line, id + "", "\"n\"", "\"1.00\"", "\"c" + id + "\"");
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        try {
            for (Future<Object> done : threads.invokeAll(writers)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(query(target, "SELECT COUNT(*) FROM " + made + ".orders")).isEqualTo("6");
        assertThat(columns(target, made, "orders"))
                .isEqualTo(
                        "id int NO null , note varchar(20) NO it's \\ new what it is, total decimal(10,2) YES -1.50 ,"
                                + " code varchar(8) YES null ");
        assertThat(query(
                        target,
                        "SELECT table_comment FROM information_schema.tables WHERE table_schema='" + made + "'"))
                .isEqualTo("orders");
        assertThat(query(
                        target,
                        "SELECT GROUP_CONCAT(index_name ORDER BY 1) FROM information_schema.statistics"
                                + " WHERE non_unique=0 AND table_schema='" + made + "'"))
                .isEqualTo("codes,PRIMARY");
        assertThat(query(
                        target,
                        "SELECT 'a'='A' COLLATE "
                                + query(
                                        target,
                                        "SELECT collation_name FROM"
                                                + " information_schema.columns WHERE column_name='note' AND table_schema='"
                                                + made + "'")))
                .isEqualTo("0");
    }

    @Test
    void theRowsDecideWhereTheSourceHasMovedOn() throws Exception {
        String schema = source("CREATE TABLE {s}.orders (id INT PRIMARY KEY, total BIGINT NOT NULL, later INT NOT NULL,"
                + " code VARCHAR(30) NOT NULL DEFAULT 'x')");
        String made = schema + "_made";
        TableLine line = line(schema, ORDERS, List.of(0), List.of(), new TableLine.Target(made, "orders"));
        DatabaseServer target = SharedServers.mysql();
        try (TargetWriter writer = writer(target)) {
            write(writer, schema, 0, line, "1", "\"gone since\"", "\"12.50\"", "\"abc\"");
        }
        assertThat(columns(target, made, "orders"))
                .isEqualTo("id int NO null , note varchar(20) YES null , total decimal(10,2) NO null ,"
                        + " code varchar(8) NO null ");
        assertThat(query(target, "SELECT CONCAT_WS(' ', id, note, total, code) FROM " + made + ".orders"))
                .isEqualTo("1 gone since 12.50 abc");
    }

    @Test
    void theMappingShapesIt() throws Exception {
        String schema = source("CREATE TABLE {s}.orders (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(20),"
                + " total DECIMAL(10,2), code VARCHAR(8), UNIQUE KEY codes (code), UNIQUE KEY notes (note, code))");
        String made = schema + "_made";
        TableLine line = line(
                schema,
                List.of(
                        new Column("id", "int", "number", false),
                        new Column("note", "varchar(20)", null, true),
                        new Column("total", "decimal(10,2)"),
                        new Column("code", "varchar(8)", "sign", false),
                        new Column("shard", "varchar(64)"),
                        new Column("origin", "varchar(64)")),
                List.of(0, 4),
                List.of(List.of(3, 4), List.of(1, 3, 4)),
                new TableLine.Target(made, "sales"));
        DatabaseServer target = SharedServers.mysql();
        try (TargetWriter writer = writer(target)) {
            write(writer, schema, 0, line, "1", "\"x\"", "\"1.00\"", "\"c\"", "\"s1\"", "\"eu\"");
            write(writer, schema, 1, line, "1", "\"x\"", "\"1.00\"", "\"c\"", "\"S1\"", "\"eu\"");
        }
        assertThat(columns(target, made, "sales"))
                .isEqualTo("number int NO null , total decimal(10,2) YES null , sign varchar(8) YES null ,"
                        + " shard varchar(64) NO null , origin varchar(64) YES null ");
        assertThat(query(
                        target,
                        "SELECT GROUP_CONCAT(index_name, ' ', column_name ORDER BY index_name, seq_in_index)"
                                + " FROM information_schema.statistics WHERE table_schema='" + made + "'"))
                .isEqualTo("codes sign,codes shard,PRIMARY number,PRIMARY shard");
        assertThat(query(target, "SELECT COUNT(*) FROM " + made + ".sales")).isEqualTo("2");
    }

    /** The source's column is not there, so nothing that holds for it does: it is not for NULL, and it is unique. */
    @Test
    void aColumnThatTheMappingSetsIsNotTheSourcesOfThatName() throws Exception {
        String schema = source("CREATE TABLE {s}.orders (id INT PRIMARY KEY, note VARCHAR(20) NOT NULL,"
                + " code VARCHAR(8), UNIQUE KEY notes (note))");
        String made = schema + "_made";
        TableLine line = line(
                schema,
                List.of(
                        new Column("id", "int"),
                        new Column("note", "varchar(20)", null, true),
                        new Column("code", "varchar(8)"),
                        new Column("NOTE", "varchar(64)")),
                List.of(0),
                List.of(),
                new TableLine.Target(made, "orders"));
        DatabaseServer target = SharedServers.mysql();
        try (TargetWriter writer = writer(target)) {
            write(writer, schema, 0, line, "1", "\"x\"", "\"c\"", "null");
            write(writer, schema, 1, line, "2", "\"x\"", "\"c\"", "\"n\"");
            write(writer, schema, 2, line, "3", "\"x\"", "\"c\"", "\"n\"");
        }
        assertThat(columns(target, made, "orders"))
                .isEqualTo("id int NO null , code varchar(8) YES null , NOTE varchar(64) YES null ");
        assertThat(query(target, "SELECT COUNT(*) FROM " + made + ".orders")).isEqualTo("3");
    }

    /** The table of types in docs/targets.md. */
    @Test
    void postgresGetsTheDocumentedTypes() throws Exception {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("tinyint", "smallint");
        types.put("tinyint unsigned", "smallint");
        types.put("smallint unsigned", "integer");
        types.put("mediumint unsigned", "integer");
        types.put("int", "integer");
        types.put("int unsigned", "bigint");
        types.put("bigint", "bigint");
        types.put("bigint unsigned", "numeric(20,0)");
        types.put("decimal(12,3)", "numeric(12,3)");
        types.put("float", "real");
        types.put("double", "double precision");
        types.put("bit(7)", "bit(7)");
        types.put("year", "smallint");
        types.put("date", "date");
        types.put("datetime", "timestamp(0) without time zone");
        types.put("datetime(6)", "timestamp(6) without time zone");
        types.put("timestamp(3)", "timestamp(3) with time zone");
        types.put("time(2)", "interval(2)");
        types.put("char(5)", "character varying(5)");
        types.put("varchar(60)", "character varying(60)");
        types.put("mediumtext", "text");
        types.put("varbinary(9)", "bytea");
        types.put("blob", "bytea");
        types.put("enum('a','b''c')", "text");
        types.put("set('x','y')", "text");
        types.put("json", "jsonb");
        types.put("point", "bytea");
        String list = "";
        List<Column> columns = new ArrayList<>(List.of(new Column("id", "int")));
        for (String type : types.keySet()) {
            String name = "c" + columns.size();
            list += ", " + name + " " + type + " NULL";
            columns.add(new Column(name, type.equals("point") ? "geometry" : type));
        }
        String schema = source("CREATE TABLE {s}.orders (id INT AUTO_INCREMENT PRIMARY KEY" + list
                + ", twice INT AS (c5 * 2) STORED, flags BIT(4) NOT NULL DEFAULT b'101', note VARCHAR(20) NOT NULL"
                + " DEFAULT 'it''s' COMMENT 'what it is', made DATETIME DEFAULT CURRENT_TIMESTAMP, UNIQUE KEY notes"
                + " (note(10), made)) COMMENT 'orders'");
        columns.addAll(List.of(
                new Column("twice", "int"),
                new Column("flags", "bit(4)"),
                new Column("note", "varchar(20)"),
                new Column("made", "datetime")));
        int size = columns.size();
        TableLine line = line(
                schema,
                columns,
                List.of(0),
                List.of(List.of(size - 2, size - 1)),
                new TableLine.Target(schema, "Made"));
        DatabaseServer target = SharedServers.postgres();
        String[] cells = new String[size];
        Arrays.fill(cells, "null");
        cells[0] = "1";
        cells[size - 4] = "2";
        cells[size - 3] = "5";
        cells[size - 2] = "\"n\"";
        List<Callable<Object>> writers = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            int number = n;
            writers.add(() -> {
                String[] own = cells.clone();
                own[0] = Integer.toString(number);
                try (TargetWriter writer = writer(target)) {
                    return write(writer, schema, number, line, own);
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        try {
            for (Future<Object> done : threads.invokeAll(writers)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String at = " FROM pg_attribute WHERE attnum > 0 AND attrelid = '" + schema + ".\"Made\"'::regclass";
        assertThat(query(target, "SELECT string_agg(format_type(atttypid, atttypmod), ';' ORDER BY attnum)" + at))
                .isEqualTo("integer;" + String.join(";", types.values())
                        + ";integer;bit(4);character varying(20);timestamp(0) without time zone");
        assertThat(query(target, "SELECT string_agg(attname, ',' ORDER BY attnum)" + at + " AND attnotnull"))
                .isEqualTo("id,flags,note");
        assertThat(query(
                        target,
                        "SELECT string_agg(pg_get_expr(adbin, adrelid), ';' ORDER BY adnum) FROM pg_attrdef"
                                + " WHERE adrelid = '" + schema + ".\"Made\"'::regclass"))
                .isEqualTo(
                        "'0101'::\"bit\";'it''s'::character varying;(CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'::text)");
        assertThat(query(
                        target,
                        "SELECT string_agg(indexdef, ';' ORDER BY indexname) FROM pg_indexes WHERE schemaname='"
                                + schema + "'"))
                .contains(
                        "UNIQUE INDEX \"Made_notes_idx\"",
                        "\"left\"((note)::text, 10), made)",
                        "UNIQUE INDEX \"Made_pkey\"");
        assertThat(query(target, "SELECT COUNT(*) FROM " + schema + ".\"Made\" WHERE twice=2 AND note='n'"))
                .isEqualTo("4");
    }

    @Test
    void whatCannotBeMadeIsRefusedWithAReason() throws Exception {
        String schema =
                source("CREATE TABLE {s}.orders (id INT PRIMARY KEY, note VARCHAR(20) COLLATE utf8mb4_hu_0900_ai_ci,"
                        + " total DECIMAL(10,2), code VARCHAR(8))");
        String made = schema + "_made";
        TableLine line = line(schema, ORDERS, List.of(0), List.of(), new TableLine.Target(made, "orders"));
        DatabaseServer target = SharedServers.mariadb();
        String asked = "SELECT count_star FROM performance_schema.events_statements_summary_global_by_event_name"
                + " WHERE event_name = 'statement/sql/show_create_table'";
        try (TargetWriter writer = writer(target)) {
            long before = Long.parseLong(query(SOURCE, asked));
            assertThatThrownBy(() -> write(writer, schema, 0, line, "1", "null", "null", "null"))
                    .isInstanceOfSatisfying(
                            WriteFailed.class, e -> assertThat(e.failure()).isInstanceOf(Failure.BadRow.class))
                    .hasMessageContaining("column note: the target has no collation like utf8mb4_hu_0900_ai_ci");
            assertThat(Long.parseLong(query(SOURCE, asked)) - before).isEqualTo(1);
            TableLine notWished = new TableLine(
                    1, schema, "orders", ORDERS, List.of(0), List.of(), new TableLine.Target(made, "orders"), null);
            assertThatThrownBy(() -> write(writer, schema, 0, notWished, "1", "null", "null", "null"))
                    .hasMessageContaining("the target has no such table");
        }
        DataSource nobody = Targets.dataSource("source", SOURCE, "127.0.0.1", 1, "secret", TlsMode.DISABLED);
        try (TargetWriter writer =
                TestWriters.of(Targets.dataSource("shop", target), pipeline -> Optional.of(nobody))) {
            assertThatThrownBy(() -> write(writer, schema, 0, line, "1", "null", "null", "null"))
                    .isInstanceOfSatisfying(
                            WriteFailed.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Retryable.class))
                    .hasMessageContaining("source source cannot be asked");
        }
        assertThat(query(target, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema='" + made + "'"))
                .isEqualTo("0");
    }

    private static String source(String create) {
        String schema = Databases.create(SOURCE, "missing");
        SOURCE.execute(create.replace("{s}", schema));
        return schema;
    }

    private static TableLine line(
            String schema,
            List<Column> columns,
            List<Integer> key,
            List<List<Integer>> unique,
            TableLine.Target target) {
        return new TableLine(1, schema, "orders", columns, key, unique, target, null, true);
    }

    private static TargetWriter writer(DatabaseServer target) {
        return TestWriters.of(
                Targets.dataSource("shop", target), pipeline -> Optional.of(Targets.dataSource("source", SOURCE)));
    }

    private static Object write(TargetWriter writer, String pipeline, int number, TableLine line, String... cells)
            throws Exception {
        Partition partition = new Partition(pipeline, number);
        writer.watermark(partition);
        return writer.write(Rows.batch(
                partition,
                Watermark.NONE,
                new MessageBuilder().transaction().insert(line, cells).build(1, 1)));
    }

    private static String columns(DatabaseServer server, String schema, String table) throws Exception {
        // MariaDB tells defaults as they are written
        return query(
                        server,
                        "SELECT GROUP_CONCAT(CONCAT_WS(' ', column_name, column_type, is_nullable,"
                                + " COALESCE(column_default, 'null'), column_comment) ORDER BY ordinal_position"
                                + " SEPARATOR ', ') FROM information_schema.columns WHERE table_schema='" + schema
                                + "' AND table_name='" + table + "'")
                .replace("int(11)", "int")
                .replace("'it''s \\\\ new'", "it's \\ new")
                .replace(" NULL ", " null ");
    }

    private static String query(DatabaseServer server, String sql) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
