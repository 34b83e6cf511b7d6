package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.apply.Targets;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsMode;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL as a target: what becomes of each type, and what it refuses. */
class PostgresIT {
    private final PostgresServer server = SharedServers.postgres();
    private final String schema = Databases.create(server, "shop");
    private final Partition partition = new Partition(schema, 0);
    private TargetWriter writer;
    private Watermark watermark;

    @BeforeEach
    void open() throws WriteFailed {
        writer = TestWriters.of(server);
        watermark = writer.watermark(partition);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tinyint            | smallint        | -128                         | -128",
                "tinyint(1)         | boolean         | 1                            | true",
                "int unsigned       | bigint          | 4294967295                   | 4294967295",
                "bigint unsigned    | numeric(20)     | 18446744073709551615         | 18446744073709551615",
                "decimal(20,4)      | numeric(20,4)   | \"-0.0500\"                  | -0.0500",
                "decimal(20,4)      | text            | \"-0.0500\"                  | -0.0500",
                "float              | real            | 3.4028235E38                 | 3.4028235e+38",
                "float              | real            | 0.1                          | 0.1",
                "double             | double precision| 2.2250738585072014E-308      | 2.2250738585072014e-308",
                "bit(1)             | boolean         | 0                            | false",
                "bit(10)            | bit(10)         | 5                            | 0000000101",
                "bit(64)            | bit varying     | 18446744073709551615         |"
                        + " 1111111111111111111111111111111111111111111111111111111111111111",
                "bit(64)            | numeric         | 18446744073709551615         | 18446744073709551615",
                "year               | smallint        | 2155                         | 2155",
                "date               | date            | \"9999-12-31\"               | 9999-12-31",
                "date               | text            | \"0000-00-00\"               | 0000-00-00",
                "datetime(6)        | timestamp       | \"1000-01-01 00:00:00.000001\" | 1000-01-01 00:00:00.000001",
                "timestamp(6)       | timestamptz     | \"2026-07-01 12:00:00.000001\" |"
                        + " 2026-07-01 12:00:00.000001+00",
                "time(6)            | interval        | \"-838:59:59.000001\"        | -838:59:59.000001",
                "time               | time            | \"23:59:59\"                 | 23:59:59",
                "char(5)            | char(5)         | \"a\"                        | a",
                "varchar(50)        | varchar(50)     | \"it's \\\\ 'x' 😀 \\n{?}$1:a\" | `it's \\ 'x' 😀 \n{?}$1:a`",
                "varchar(50)        | text            | \"\"                         | ``",
                "varchar(50)        | bytea           | \"a\\\\b\\u0000\"            | \\x615c6200",
                "varchar(50)        | uuid            | \"6ccd780c-baba-1026-9564-5b8c656024db\" |"
                        + " 6ccd780c-baba-1026-9564-5b8c656024db",
                "binary(16)         | uuid            | \"bM14DLq6ECaVZFuMZWAk2w==\" |"
                        + " 6ccd780c-baba-1026-9564-5b8c656024db",
                "varbinary(50)      | bytea           | \"ACdc/w==\"                 | \\x00275cff",
                "blob               | bytea           | \"\"                         | \\x",
                "enum('a','b')      | mood            | \"b\"                        | b",
                "enum('a','b')      | text            | 0                            | ``",
                "set('a','b')       | text            | \"a,b\"                      | a,b",
                "json               | json            | \"{\\\"a\\\": 1.50, \\\"b\\\": null}\" | {\"a\": 1.50, \"b\":"
                        + " null}",
                "json               | jsonb           | \"{\\\"b\\\": [1], \\\"a\\\": \\\"\\\\\\\\\\\"}\" |"
                        + " {\"a\": \"\\\\\", \"b\": [1]}",
                "json               | text            | \"null\"                     | null",
                "int                | integer         | null                         | NULL",
            },
            nullValues = "NULL")
    void holdsWhatTheSourceHas(String type, String there, String cell, String expected) throws Exception {
        if (there.equals("mood")) {
            server.execute("CREATE TYPE " + schema + ".mood AS ENUM ('a', 'b')");
            there = schema + ".mood";
        }
        // as UTC whatever the server's own time zone is
        server.execute(
                "CREATE TABLE " + schema + ".keyed (id int PRIMARY KEY, v " + there + ")",
                "CREATE TABLE " + schema + ".keyless (id int, v " + there + ")");
        List<String> columns = List.of("id int", "v " + type);
        TableLine keyed = Tables.table(1, schema, "keyed", columns, List.of(0), List.of());
        TableLine keyless = Tables.table(2, schema, "keyless", columns, List.of(), List.of());
        write(new MessageBuilder()
                .transaction()
                .insert(keyed, "1", cell)
                .insert(keyed, "2", "null")
                .insert(keyless, "1", cell)
                .insert(keyless, "1", cell)
                .insert(keyless, "2", "null"));
        WriteOutcome outcome = write(new MessageBuilder()
                .transaction()
                .update(keyed, new String[] {"2", "null"}, new String[] {"2", cell})
                .update(keyless, new String[] {"1", cell}, new String[] {"3", cell})
                .delete(keyless, "1", cell)
                .update(keyless, new String[] {"2", "null"}, new String[] {"2", cell}));
        write(new MessageBuilder()
                .transaction()
                .part(RowOp.EMPTY, keyless, new String[] {null, null})
                .row(RowOp.SNAPSHOT, keyless, "1", cell)
                .row(RowOp.SNAPSHOT, keyless, "1", cell));

        assertThat(outcome).isEqualTo(new WriteOutcome.Written(0));
        assertThat(query("SELECT v::text FROM " + schema + ".keyed")).containsExactly(expected, expected);
        assertThat(query("SELECT v::text FROM " + schema + ".keyless ORDER BY id"))
                .containsExactly(expected, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint unsigned | bigint      | 18446744073709551615   | out of range",
                "tinyint(1)      | boolean     | 2                      | does not fit the type",
                "varchar(50)     | varchar(3)  | \"abcd\"               | too long",
                "varchar(50)     | text        | \"a\\u0000b\"          | column v: the text holds the character"
                        + " U+0000",
                "varchar(50)     | integer     | \"secret\"             | does not fit the type",
                "date            | date        | \"0000-00-00\"         | does not fit the type",
                "date            | date        | \"2020-02-31\"         | does not fit the type",
                "time            | time        | \"-00:00:01\"          | does not fit the type",
                "varbinary(9)    | text        | \"AAEC\"               | column v: bytes do not fit the type text",
                "binary(4)       | uuid        | \"AAEC\"               | column v: a uuid has 16 bytes",
                "json            | jsonb       | \"\\\"\\\\u0000\\\"\"  | does not fit the type",
                "decimal(10,4)   | numeric(10,2) | \"1.2345\"         | column v: the value has more digits",
                "double          | integer     | 1.5                    | column v: the value has more digits",
                "double          | numeric(9,3)| 1.5E-4                 | column v: the value has more digits",
                "datetime(6)     | timestamp(3)| \"2026-11-21 09:30:00.000001\" | column v: the value has more digits",
                "datetime        | date        | \"2026-11-21 09:30:00\" | column v: the value has a time",
                "int             | int NOT NULL| null                   | column v needs a value",
                "int             | int CHECK (v < 5) | 7                | CHECK constraint",
            })
    void refusesWhatItCannotHoldAndTellsTheRow(String type, String there, String cell, String reason) {
        server.execute("CREATE TABLE " + schema + ".t (id int PRIMARY KEY, v " + there + ")");
        TableLine table = Tables.table(1, schema, "t", List.of("id int", "v " + type), List.of(0), List.of());
        MessageBuilder message = new MessageBuilder().transaction();
        String good = there.startsWith("int") ? "3" : there.equals("boolean") ? "1" : "null";
        for (int i = 0; i < 20; i++) {
            message.insert(table, Integer.toString(i), i == 13 ? cell : good);
        }
        Failure.BadRow bad = refused(message);
        assertThat(bad.reason()).contains(reason).doesNotContain("secret");
        assertThat(bad.row().text(0)).isEqualTo("13");
        assertThat(query("SELECT count(*) FROM " + schema + ".t")).containsExactly("0");
    }

    @Test
    void findsNamesThatDifferInCaseAlone() throws Exception {
        server.execute("CREATE TABLE " + schema + ".\"Orders\" (\"userId\" int PRIMARY KEY, \"select\" text)");
        TableLine table = Tables.table(
                1, schema.toUpperCase(), "orders", List.of("USERID int", "SELECT varchar(9)"), List.of(0), List.of());
        write(new MessageBuilder().transaction().insert(table, "1", "\"x\""));
        assertThat(query("SELECT \"userId\" || \"select\" FROM " + schema + ".\"Orders\""))
                .containsExactly("1x");
    }

    @Test
    void writesIdentityColumnsPartitionsAndLeavesOutWhatIsGenerated() throws Exception {
        server.execute(
                "CREATE TABLE " + schema + ".t (id int GENERATED ALWAYS AS IDENTITY, v int, w int GENERATED ALWAYS AS"
                        + " (v * 2) STORED, extra text NOT NULL DEFAULT 'x', PRIMARY KEY (id))"
                        + " PARTITION BY RANGE (id)",
                "CREATE TABLE " + schema + ".t1 PARTITION OF " + schema + ".t FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE " + schema + ".t2 PARTITION OF " + schema + ".t FOR VALUES FROM (10) TO (99)");
        TableLine table = Tables.table(1, schema, "t", List.of("id int", "v int", "w int"), List.of(0), List.of());
        write(new MessageBuilder().transaction().insert(table, "1", "1", "2").insert(table, "11", "2", "4"));
        assertThat(write(new MessageBuilder()
                        .transaction()
                        .update(table, new String[] {"1", "1", "2"}, new String[] {"1", "5", "10"})
                        .update(table, new String[] {"12", "1", "2"}, new String[] {"12", "6", "12"})))
                .isEqualTo(new WriteOutcome.Written(0));
        assertThat(query("SELECT concat_ws(',', id, v, w, extra) FROM " + schema + ".t ORDER BY id"))
                .containsExactly("1,5,10,x", "11,2,4,x", "12,6,12,x");
    }

    @Test
    void namesMissingTablesColumnsAndSharedUniqueValues() {
        server.execute(
                "CREATE TABLE " + schema + ".u (id int PRIMARY KEY, u int CONSTRAINT one_u UNIQUE)",
                "INSERT INTO " + schema + ".u VALUES (100, 7)");
        List<String> columns = List.of("id int", "u int");
        assertThat(refused(new MessageBuilder()
                                .transaction()
                                .insert(Tables.table(1, schema, "nowhere", columns, List.of(0), List.of()), "1", "7"))
                        .reason())
                .contains("no such table");
        assertThat(refused(new MessageBuilder()
                                .transaction()
                                .insert(Tables.table(1, schema, "u", columns, List.of(0), List.of()), "1", "7"))
                        .reason())
                .contains("unique key one_u");
        assertThat(refused(new MessageBuilder()
                                .transaction()
                                .insert(
                                        Tables.table(1, schema, "u", List.of("id int", "x int"), List.of(0), List.of()),
                                        "1",
                                        "7"))
                        .reason())
                .contains("no column");
        assertThat(query("SELECT id FROM " + schema + ".u")).containsExactly("100");
    }

    @Test
    void checksNoForeignKeysAndSaysSoIfItMust() throws Exception {
        server.execute(
                "CREATE TABLE " + schema + ".parent (id int PRIMARY KEY, u int UNIQUE)",
                "CREATE TABLE " + schema + ".child (id int PRIMARY KEY, p int REFERENCES " + schema
                        + ".parent ON DELETE CASCADE)",
                "INSERT INTO " + schema + ".parent VALUES (1, 1)",
                "INSERT INTO " + schema + ".child VALUES (1, 1)");
        TableLine parent =
                Tables.table(1, schema, "parent", List.of("id int", "u int"), List.of(0), List.of(List.of(1)));
        MessageBuilder update =
                new MessageBuilder().transaction().update(parent, new String[] {"1", "1"}, new String[] {"1", "2"});
        write(update);
        assertThat(query("SELECT p FROM " + schema + ".child")).containsExactly("1");

        String user = "poor_" + schema;
        server.execute(
                "CREATE USER " + user + " PASSWORD 'poor'",
                "GRANT ALL ON SCHEMA " + schema + ", sluice TO " + user,
                "GRANT ALL ON ALL TABLES IN SCHEMA " + schema + ", sluice TO " + user);
        DataSource full = Targets.dataSource("shop", server);
        DataSource poor = new DataSource(
                        full.name(),
                        full.kind(),
                        full.host(),
                        full.port(),
                        user,
                        new dev.sluice.change.config.SecretCipher(dev.sluice.apply.ApplyBench.SECRET_KEY)
                                .encrypt("poor"),
                        TlsMode.PREFERRED,
                        null,
                        null)
                .withDatabase(full.database());
        try (TargetWriter other = TestWriters.of(poor)) {
            WriteFailed failed = catchThrowableOfType(
                    WriteFailed.class,
                    () -> other.write(Rows.batch(partition, watermark, update.build(1, watermark.seq() + 1))));
            assertThat(failed.failure()).isInstanceOf(Failure.Fatal.class);
            assertThat(failed.failure().reason()).contains("GRANT SET ON PARAMETER session_replication_role");
            server.execute("GRANT SET ON PARAMETER session_replication_role TO " + user);
        }
        try (TargetWriter other = TestWriters.of(poor)) {
            other.write(Rows.batch(partition, watermark, update.build(1, watermark.seq() + 1)));
        }
        assertThat(query("SELECT p FROM " + schema + ".child")).containsExactly("1");
    }

    private WriteOutcome write(MessageBuilder message) throws WriteFailed {
        WriteOutcome outcome = writer.write(Rows.batch(partition, watermark, message.build(1, watermark.seq() + 1)));
        watermark = new Watermark(1, watermark.seq() + message.entries());
        return outcome;
    }

    private Failure.BadRow refused(MessageBuilder message) {
        WriteFailed failed = catchThrowableOfType(
                WriteFailed.class,
                () -> writer.write(Rows.batch(partition, watermark, message.build(1, watermark.seq() + 1))));
        assertThat(failed.failure()).isInstanceOf(Failure.BadRow.class);
        return (Failure.BadRow) failed.failure();
    }

    private List<String> query(String sql) {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            List<String> rows = new ArrayList<>();
            try (var result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
