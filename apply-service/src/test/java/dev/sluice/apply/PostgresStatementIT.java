package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.testsupport.network.TcpProxy;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements among rows at PostgreSQL: each is there once with the watermark behind it, or not at all. */
class PostgresStatementIT {
    private static final long TIME = 1_700_000_000_000_000L;

    private final DatabaseServer target = SharedServers.postgres();
    private String schema = "";

    @BeforeEach
    void create() {
        schema = Databases.create(target, "statement");
        target.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, v INT)");
    }

    @Test
    void partitionsOfTwoInstancesMeetBeforeAStatement() throws Exception {
        try (ApplyBench bench = new ApplyBench(target, 3)) {
            bench.configure();
            bench.start("one");
            bench.start("two");
            DdlLine statement =
                    statement("ALTER TABLE {s}.t ADD w VARCHAR(5) NOT NULL, DROP v, ADD UNIQUE u (id, w)", 3, 3);
            for (int p = 0; p < 3; p++) {
                bench.publish(p, row(p, "v int", "1").build(1, 1));
                bench.publish(
                        p,
                        new MessageBuilder().transaction().statement(statement).build(1, 2));
                bench.publish(p, row(100 + p, "w varchar(5)", "\"new\"").build(1, 4));
            }
            for (int p = 0; p < 3; p++) {
                bench.awaitWatermark(p, 4);
            }
            assertThat(bench.query("SELECT id, w FROM " + schema + ".t ORDER BY id"))
                    .containsExactly("0|", "1|", "2|", "100|new", "101|new", "102|new");
            assertThat(bench.query("SELECT entry FROM sluice.sluice_ddl WHERE pipeline='" + bench.pipeline() + "'"))
                    .containsExactly("7");
        }
    }

    /** Killed among the statements that it is made of, nothing of it is there; the next try runs all of it. */
    @Test
    void aStatementWhoseClientIsGoneRunsOnce() throws Exception {
        try (TcpProxy proxy = new TcpProxy(target.host(), target.port());
                ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure(
                    bench.dataSource(proxy.host(), proxy.port(), target.password()),
                    dev.sluice.change.config.Pipeline.DesiredState.RUNNING);
            target.execute("CREATE TABLE " + schema + ".last (id INT)");
            DdlLine statement = statement("RENAME TABLE {s}.t TO {s}.x, {s}.last TO {s}.t, {s}.x TO {s}.last", 2, 1);
            try (Connection reader = target.connect()) {
                reader.setAutoCommit(false);
                try (Statement select = reader.createStatement()) {
                    select.executeQuery("SELECT COUNT(*) FROM " + schema + ".last");
                }
                bench.start("one");
                bench.publish(
                        0,
                        new MessageBuilder().transaction().statement(statement).build(1, 1));
                await("its second part waits for the reader")
                        .atMost(ApplyBench.PATIENCE)
                        .until(() -> !bench.query(
                                        "SELECT pid FROM pg_stat_activity WHERE wait_event_type='Lock' AND query"
                                                + " LIKE 'ALTER TABLE \"" + schema + "\".\"last\"%'")
                                .isEmpty());
                proxy.cut();
                reader.rollback();
            }
            bench.awaitWatermark(0, 2);
            assertThat(columns("last")).containsExactly("id", "v");
            assertThat(columns("t")).containsExactly("id");
            assertThat(columns("x")).isEmpty();
        }
    }

    @Test
    void tablesFollowWhatHappensAtTheSource() throws Exception {
        List<String> statements = List.of(
                "CREATE TABLE {s}.n (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT"
                        + " 'it''s', made DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3), b BIT(4) DEFAULT b'101',"
                        + " e ENUM('a','b') DEFAULT 'b', KEY names (name(5))) COMMENT 'new'",
                "ALTER TABLE {s}.n CHANGE name title VARCHAR(40) COMMENT 'what', ADD amount DECIMAL(10,2) NOT NULL AFTER id",
                "CREATE UNIQUE INDEX titles ON {s}.n (title)",
                "ALTER TABLE {s}.n RENAME INDEX titles TO names2, DROP INDEX names, ADD INDEX names (amount)",
                "CREATE TABLE {s}.c LIKE {s}.n",
                "RENAME TABLE {s}.c TO {s}.d",
                "DROP INDEX names2 ON {s}.d",
                "ALTER TABLE {s}.n DROP PRIMARY KEY, ADD PRIMARY KEY (id, amount), MODIFY id BIGINT, DROP b",
                "TRUNCATE TABLE {s}.t",
                "ALTER TABLE {s}.n ADD amount INT",
                "DROP TABLE {s}.t");
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure();
            ApplyPipeline one = bench.start("one");
            int seq = publish(bench, statements.subList(0, 9), 1);
            bench.awaitWatermark(0, seq - 1);
            assertThat(bench.query("SELECT column_name, data_type, is_nullable, column_default FROM"
                            + " information_schema.columns WHERE table_schema='" + schema
                            + "' AND table_name='n' ORDER BY ordinal_position"))
                    .containsExactly(
                            "id|bigint|NO|null",
                            "title|character varying|YES|null",
                            "made|timestamp without time zone|YES|(CURRENT_TIMESTAMP(3) AT TIME ZONE 'UTC'::text)",
                            "e|text|YES|'b'::text",
                            "amount|numeric|NO|'0'::numeric");
            assertThat(bench.query("SELECT indexdef FROM pg_indexes WHERE schemaname='" + schema
                            + "' AND tablename IN ('n','d') ORDER BY 1"))
                    .hasSize(5);
            assertThat(bench.query("SELECT obj_description('" + schema + ".n'::regclass, 'pg_class')"))
                    .containsExactly("new");
            // the target has it already, but of another kind, which names do not tell
            seq = publish(bench, statements.subList(9, 11), seq);
            bench.awaitWatermark(0, seq - 1);
            assertThat(columns("t")).isEmpty();

            DdlLine refused = statement("ALTER TABLE {s}.n ADD UNIQUE nothing (nowhere)", seq + 1, 1);
            bench.publish(
                    0, new MessageBuilder().transaction().statement(refused).build(1, seq));
            await().atMost(ApplyBench.PATIENCE).until(() -> one.status().stream()
                    .map(PartitionStatus::error)
                    .filter(Objects::nonNull)
                    .anyMatch(error -> error.contains("refuses it")));
            assertThat(ApplyBench.status(one, 0).state()).isEqualTo(State.FAILED);
        }
    }

    /** Logs are rotated like this: the table that was renamed keeps indexes of its first name. */
    @Test
    void indexesOfTablesThatFollowEachOtherUnderOneNameHaveNamesOfTheirOwn() throws Exception {
        String create =
                "CREATE TABLE {s}.log (id INT PRIMARY KEY, v INT, `100%` INT, UNIQUE KEY k (v), KEY `5%` (`100%`))";
        List<String> statements = List.of(
                create,
                "RENAME TABLE {s}.log TO {s}.log_1",
                create,
                "RENAME TABLE {s}.log TO {s}.log_2",
                create,
                "CREATE TABLE {s}.log_k (id INT PRIMARY KEY)",
                "ALTER TABLE {s}.log DROP INDEX k, ADD INDEX k (id, v)",
                "ALTER TABLE {s}.log_1 RENAME INDEX `5%` TO `$do$'%s`",
                // the target has it already
                "ALTER TABLE {s}.log_2 ADD UNIQUE k (v)");
        try (ApplyBench bench = new ApplyBench(target, 1)) {
            bench.configure();
            bench.start("one");
            int seq = publish(bench, statements, 1);
            bench.awaitWatermark(0, seq - 1);
            assertThat(bench.query("SELECT t.relname, obj_description(i.oid, 'pg_class'), x.indisunique FROM pg_index x"
                            + " JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid"
                            + " WHERE NOT x.indisprimary AND t.relnamespace = '" + schema + "'::regnamespace"
                            + " ORDER BY 1, 2"))
                    .containsExactlyInAnyOrder(
                            "log|5%|f", "log|k|f", "log_1|$do$'%s|f", "log_1|k|t", "log_2|5%|f", "log_2|k|t");
        }
    }

    private List<String> columns(String table) throws Exception {
        List<String> columns = new ArrayList<>();
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT column_name FROM information_schema.columns WHERE table_schema='"
                                + schema + "' AND table_name='" + table + "' ORDER BY ordinal_position")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    private MessageBuilder row(int id, String column, String cell) {
        TableLine table = Tables.table(1, schema, "t", List.of("id int", column), List.of(0), List.of());
        return new MessageBuilder().transaction().insert(table, Integer.toString(id), cell);
    }

    /** Publishes statements to the only partition from an entry on; the first entry behind them. */
    private int publish(ApplyBench bench, List<String> statements, int first) throws Exception {
        int seq = first;
        for (String sql : statements) {
            DdlLine statement = statement(sql, seq + 1, 1);
            bench.publish(
                    0, new MessageBuilder().transaction().statement(statement).build(1, seq));
            seq += 2;
        }
        return seq;
    }

    private DdlLine statement(String text, long seq, int partitions) {
        String sql = text.replace("{s}", "`" + schema + "`");
        List<TableLine.Target> tables = DdlParser.parse(sql, "", new Dialect(false, 80_036, 0)).tables().stream()
                .map(table -> new TableLine.Target(table.schema(), table.table()))
                .toList();
        return new DdlLine(
                "source",
                sql,
                TIME + seq,
                "alter",
                tables,
                new DdlLine.Session(false, 80_036, 0),
                new DdlLine.Barrier(seq == 3 ? 7 : seq, Collections.nCopies(partitions, seq)));
    }
}
