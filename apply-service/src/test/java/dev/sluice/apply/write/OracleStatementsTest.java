package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.apply.sql.Dialect;
import dev.sluice.apply.sql.OracleTestTable;
import dev.sluice.apply.sql.TableStatements;
import dev.sluice.apply.sql.TargetTransaction;
import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteFailed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is told an Oracle server: every statement is run by H2 in Oracle mode and parsed by a grammar of Oracle's SQL. That is
 * no Oracle: {@code OracleIT} asks a real one where Docker is.
 */
class OracleStatementsTest {
    private final Dialect oracle = Dialect.of(DataSource.Kind.ORACLE);
    private RecordingH2 h2;

    @BeforeEach
    void open() throws SQLException {
        h2 = new RecordingH2();
    }

    @AfterEach
    void parse() throws SQLException {
        h2.assertGrammatical();
        h2.close();
    }

    @Test
    void keepsWatermarks() throws SQLException {
        h2.execute(oracle.watermarks("sluice").create().toArray(String[]::new));
        WatermarkTable table = new WatermarkTable(oracle, "sluice");
        Partition partition = new Partition("p", 3);
        assertThat(table.read(h2.connection(), partition)).isEqualTo(new Watermark(0, 0));
        assertThat(table.read(h2.connection(), partition)).isEqualTo(new Watermark(0, 0));
        var batch = Rows.batch(
                partition,
                new Watermark(0, 0),
                new MessageBuilder()
                        .transaction()
                        .insert(Tables.table(1, "SHOP", "T", List.of("id int"), List.of(0), List.of()), "1")
                        .build(1, 1));
        assertThat(table.advance(h2.connection(), batch)).isTrue();
        assertThat(table.advance(h2.connection(), batch)).isFalse();
        assertThat(table.read(h2.connection(), partition)).isEqualTo(new Watermark(1, 1));
    }

    @ParameterizedTest
    @CsvSource({"PRIMARY KEY,true,false", "PRIMARY KEY,true,true", "UNIQUE,false,true", "NULL,false,false"})
    void randomHistoriesEndAsAtTheSource(String key, boolean primary, boolean unique) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("oracle statements, " + key + ": seed " + seed);
        Random random = new Random(seed);
        h2.execute(
                "CREATE TABLE SHOP.T (ID NUMBER(10) " + key + ", V VARCHAR2(20), N NUMBER(10,2), C CLOB, P CHAR(5))");
        List<String> columns = List.of("id int", "v varchar(20)", "n decimal(10,2)", "c longtext", "p char(5)");
        TableLine line = Tables.table(
                1,
                "SHOP",
                "T",
                columns,
                primary ? List.of(0) : List.of(),
                !primary && unique ? List.of(List.of(0)) : List.of());
        TableStatements table = OracleTestTable.of(
                line, List.of("number:0", "varchar2", "number:2", "clob", "char"), primary && unique);
        List<String[]> model = new ArrayList<>();
        int next = 0;
        for (int batch = 0; batch < 20; batch++) {
            MessageBuilder message = new MessageBuilder().transaction();
            for (int i = 0; i < 20; i++) {
                int kind = random.nextInt(10);
                if (!primary && random.nextInt(50) == 0) {
                    model.clear();
                    message.part(RowOp.EMPTY, line, new String[5]);
                } else if (model.isEmpty() || kind < 3) {
                    String[] row = row(random, ++next);
                    model.add(row);
                    message.insert(line, row);
                } else if (kind == 3) {
                    message.delete(line, model.remove(random.nextInt(model.size())));
                } else if (kind < 6 && primary) {
                    String[] row = model.get(random.nextInt(model.size()));
                    String[] told = {row[0], null, null, null, null};
                    String[] before = told.clone();
                    int column = 1 + random.nextInt(4);
                    told[column] = row(random, 0)[column];
                    row[column] = told[column];
                    message.partUpdate(line, before, told);
                } else {
                    int at = random.nextInt(model.size());
                    String[] before = model.get(at);
                    String[] after = row(random, primary && kind == 9 ? ++next : Integer.parseInt(before[0]));
                    model.set(at, after);
                    message.update(line, before, after);
                }
            }
            assertThat(run(table, message)).as("seed %d, batch %d", seed, batch).isZero();
            assertThat(h2.query("SELECT ID, V, N, C, RTRIM(P) FROM SHOP.T ORDER BY ID"))
                    .as("seed %d, batch %d", seed, batch)
                    .isEqualTo(model.stream()
                            .sorted((a, b) -> Integer.parseInt(a[0]) - Integer.parseInt(b[0]))
                            .map(OracleStatementsTest::asOracle)
                            .toList());
        }
    }

    private static String[] row(Random random, int id) {
        String[] texts = {"null", "\"\"", "\"a\"", "\"A\"", "\"it's\"", "\"😀 \\\\ x\""};
        return new String[] {
            Integer.toString(id),
            texts[random.nextInt(texts.length)],
            random.nextInt(4) == 0 ? "null" : "\"" + random.nextInt(100) + ".50\"",
            random.nextInt(4) == 0 ? "null" : "\"" + "long ".repeat(random.nextInt(3_000)) + random.nextInt(9) + "\"",
            random.nextInt(4) == 0 ? "null" : "\"p" + random.nextInt(3) + "\""
        };
    }

    private static String asOracle(String[] row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row) {
            String text = cell.replace("\"", "").replace("\\\\", "\\");
            cells.add(text.isEmpty() ? "null" : text);
        }
        return String.join("|", cells);
    }

    @Test
    void countsWhatIsNotThereAndRefusesPartsOfIt() throws Exception {
        h2.execute("CREATE TABLE SHOP.T (ID NUMBER(10) PRIMARY KEY, V VARCHAR2(20) DEFAULT 'usual')");
        TableLine line = Tables.table(1, "SHOP", "T", List.of("id int", "v varchar(20)"), List.of(0), List.of());
        TableStatements table = OracleTestTable.of(line, List.of("number:0", "varchar2"), false);
        assertThat(run(
                        table,
                        new MessageBuilder()
                                .transaction()
                                .part(RowOp.INSERT, line, new String[] {"1", null})
                                .insert(line, "2", "\"b\"")
                                .delete(line, "2", "\"b\"")
                                .update(line, new String[] {"7", "\"a\""}, new String[] {"7", "\"b\""})
                                .delete(line, "8", "\"b\"")))
                .isEqualTo(2);
        assertThat(h2.query("SELECT ID, V FROM SHOP.T ORDER BY ID")).containsExactly("1|usual", "7|b");
        run(table, new MessageBuilder().transaction().part(RowOp.INSERT, line, new String[] {"7", null}));
        assertThat(h2.query("SELECT V FROM SHOP.T WHERE ID=7")).containsExactly("usual");
        h2.execute("CREATE TABLE SHOP.W (ID NUMBER(10) PRIMARY KEY, A NUMBER(10), B NUMBER(10))");
        TableLine wide = Tables.table(2, "SHOP", "W", List.of("id int", "a int", "b int"), List.of(0), List.of());
        TableStatements part = OracleTestTable.of(wide, List.of("number:0", "number:0", "number:0"), false);
        assertThatThrownBy(() -> run(
                        part,
                        new MessageBuilder()
                                .transaction()
                                .partUpdate(wide, new String[] {"9", null, null}, new String[] {"9", "1", null})))
                .isInstanceOf(WriteFailed.class)
                .hasMessageContaining("not at the target");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint unsigned | number:0     | NUMBER(20)     | 18446744073709551615  | 18446744073709551615",
                "decimal(20,4)   | number:4     | NUMBER(20,4)   | \"-0.0500\"           | -0.0500",
                "double          | binary_double| DOUBLE PRECISION | 1.7976931348623157E308 | 1.7976931348623157E308",
                "float           | binary_float | REAL           | 0.1                   | 0.1",
                "bit(64)         | number:0     | NUMBER(20)     | 18446744073709551615  | 18446744073709551615",
                "year            | number:0     | NUMBER(4)      | 2155                  | 2155",
                "date            | date:0       | DATE           | \"2026-11-21\"        | 2026-11-21 00:00:00",
                "datetime        | date:0       | DATE           | \"2026-11-21 09:30:01\" | 2026-11-21 09:30:01",
                "datetime(6)     | timestamp:6  | TIMESTAMP(6)   | \"1000-01-01 00:00:00.000001\" |"
                        + " 1000-01-01 00:00:00.000001",
                "timestamp(6)    | timestamp with time zone:6 | TIMESTAMP(6) WITH TIME ZONE |"
                        + " \"2026-07-01 12:00:00.000001\" | 2026-07-01 12:00:00.000001+00",
                "varchar(20)     | varchar2     | VARCHAR2(20)   | \"ü😀\"               | ü😀",
                "varchar(20)     | nvarchar2    | NVARCHAR2(20)  | \"ü😀\"               | ü😀",
                "enum('a')       | varchar2     | VARCHAR2(20)   | 0                     | null",
                "varchar(20)     | varchar2     | VARCHAR2(20)   | \"\"                  | null",
                "time            | varchar2     | VARCHAR2(20)   | \"-838:59:59\"        | -838:59:59",
                "json            | clob         | CLOB           | \"{\\\"a\\\": 1}\"    | {\"a\": 1}",
                "varbinary(20)   | raw          | RAW(20)        | \"ACdc/w==\"          | 00275cff",
            })
    void bindsEachTypeAsItsOwn(String type, String there, String h2Type, String cell, String expected)
            throws Exception {
        h2.execute("CREATE TABLE SHOP.T (ID NUMBER(10), V " + h2Type + ")");
        TableLine line = Tables.table(1, "SHOP", "T", List.of("id int", "v " + type), List.of(), List.of());
        TableStatements table = OracleTestTable.of(line, List.of("number:0", there), false);
        assertThat(run(
                        table,
                        new MessageBuilder()
                                .transaction()
                                .insert(line, "1", cell)
                                .insert(line, "1", cell)
                                .update(line, new String[] {"1", cell}, new String[] {"2", cell})
                                .delete(line, "1", cell)))
                .isZero();
        String shown = there.equals("raw") ? "RAWTOHEX(V)" : "V";
        assertThat(h2.query("SELECT ID, " + shown + " FROM SHOP.T")).containsExactly("2|" + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decimal(10,4) | number:2  | \"1.2345\"                     | more than 2 digits behind the point",
                "varchar(9)    | number:0  | \"secret\"                     | no number",
                "datetime(3)   | date:0    | \"2026-11-21 09:30:01.001\"    | finer than the column keeps",
                "date          | date:0    | \"0000-00-00\"                 | none that Oracle knows",
                "varbinary(9)  | varchar2  | \"AAEC\"                       | bytes do not fit the type varchar2",
                "varchar(9)    | blob      | \"x\"                          | text does not fit the type blob",
            })
    void refusesWhatOracleWouldCutOffInSilence(String type, String there, String cell, String why) throws Exception {
        h2.execute("CREATE TABLE SHOP.T (ID NUMBER(10) PRIMARY KEY, V VARCHAR2(50))");
        TableLine line = Tables.table(1, "SHOP", "T", List.of("id int", "v " + type), List.of(0), List.of());
        TableStatements table = OracleTestTable.of(line, List.of("number:0", there), false);
        assertThatThrownBy(() -> run(table, new MessageBuilder().transaction().insert(line, "1", cell)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("column V: ")
                .hasMessageContaining(why);
    }

    /** Returns the rows that were not there. */
    private long run(TableStatements table, MessageBuilder message) throws SQLException, WriteFailed {
        try (TargetTransaction transaction =
                new TargetTransaction(h2.connection(), 7, 100_000, ApplyRules.MissingRow.UPSERT)) {
            StatementRunner runner = new StatementRunner(transaction);
            runner.run(new Segment(table, Rows.of(message)));
            h2.connection().commit();
            return runner.missing();
        }
    }
}
