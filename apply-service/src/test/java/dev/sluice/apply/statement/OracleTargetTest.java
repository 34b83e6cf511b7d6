package dev.sluice.apply.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.apply.write.RecordingH2;
import dev.sluice.change.message.DdlLine;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements at Oracle: by Oracle's grammar, and as H2 in Oracle mode runs them, with the connection lost before and behind
 * each of their steps. That is no Oracle: {@code OracleIT} asks a real one where Docker is.
 */
class OracleTargetTest {
    private static final String LOST = "no more data to read from socket";

    private final TargetStatements statements = new OracleTarget();
    private RecordingH2 h2;

    @BeforeEach
    void open() throws SQLException {
        h2 = new RecordingH2();
        tables();
    }

    @AfterEach
    void parse() throws SQLException {
        h2.assertGrammatical();
        h2.close();
    }

    private void tables() throws SQLException {
        h2.execute(
                "CREATE TABLE SHOP.A (ID NUMBER(10) NOT NULL, V NUMBER(10), W VARCHAR2(9 CHAR), PRIMARY KEY (ID),"
                        + " CONSTRAINT A_U UNIQUE (W))",
                "CREATE INDEX SHOP.A_K ON SHOP.A (V)",
                "INSERT INTO SHOP.A VALUES (1, 2, 'w')",
                "CREATE TABLE SHOP.\"b\" (\"id\" NUMBER(10) NOT NULL)");
    }

    /** In the order in which they run. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ALTER TABLE a ADD c INT UNSIGNED NOT NULL AFTER id | ALTER TABLE \"SHOP\".\"A\" ADD (\"C\" NUMBER(10)"
                        + " DEFAULT 0 NOT NULL)",
                "ALTER TABLE a ADD c VARCHAR(5) NOT NULL COMMENT 'it''s' | ALTER TABLE \"SHOP\".\"A\" ADD (\"C\""
                        + " VARCHAR2(5 CHAR)); COMMENT ON COLUMN \"SHOP\".\"A\".\"C\" IS 'it''s'",
                "ALTER TABLE a ADD c INT, DROP v | ALTER TABLE \"SHOP\".\"A\" DROP (\"V\") CASCADE CONSTRAINTS; ALTER TABLE"
                        + " \"SHOP\".\"A\" ADD (\"C\" NUMBER(10))",
                "ALTER TABLE a MODIFY v BIGINT NOT NULL DEFAULT 7 | ALTER TABLE \"SHOP\".\"A\" MODIFY (\"V\" NUMBER(19) DEFAULT"
                        + " 7); ALTER TABLE \"SHOP\".\"A\" MODIFY (\"V\" NOT NULL); COMMENT ON COLUMN"
                        + " \"SHOP\".\"A\".\"V\" IS ''",
                "ALTER TABLE a CHANGE w x VARCHAR(20) NOT NULL | ALTER TABLE \"SHOP\".\"A\" RENAME COLUMN \"W\" TO \"X\";"
                        + " ALTER TABLE \"SHOP\".\"A\" MODIFY (\"X\" VARCHAR2(20 CHAR) DEFAULT NULL); ALTER TABLE"
                        + " \"SHOP\".\"A\" MODIFY (\"X\" NULL); COMMENT ON COLUMN \"SHOP\".\"A\".\"X\" IS ''",
                "ALTER TABLE b RENAME COLUMN ID TO n | ALTER TABLE \"SHOP\".\"b\" RENAME COLUMN \"id\" TO \"N\"",
                "ALTER TABLE a DROP PRIMARY KEY, ADD PRIMARY KEY (id) | ALTER TABLE \"SHOP\".\"A\" DROP PRIMARY KEY;"
                        + " ALTER TABLE \"SHOP\".\"A\" ADD PRIMARY KEY (\"ID\")",
                "ALTER TABLE a DROP KEY u, ADD UNIQUE KEY u (w(3), v), RENAME KEY k TO l | ALTER TABLE \"SHOP\".\"A\" DROP"
                        + " CONSTRAINT \"A_U\"; ALTER INDEX \"SHOP\".\"A_K\" RENAME TO \"A_L\"; ALTER TABLE"
                        + " \"SHOP\".\"A\" ADD CONSTRAINT \"A_U\" UNIQUE (\"W\", \"V\")",
                "ALTER TABLE a RENAME KEY u TO x | ALTER TABLE \"SHOP\".\"A\" RENAME CONSTRAINT \"A_U\" TO \"A_X\"",
                "CREATE INDEX i ON a (v, w) | CREATE INDEX \"SHOP\".\"A_I\" ON \"SHOP\".\"A\" (\"V\", \"W\")",
                "DROP INDEX k ON a | DROP INDEX \"SHOP\".\"A_K\"",
                "ALTER TABLE a ENGINE=InnoDB, CONVERT TO CHARACTER SET utf8mb4 | ~~",
                "ALTER TABLE a ADD c INT, RENAME TO c | ALTER TABLE \"SHOP\".\"A\" ADD (\"C\" NUMBER(10)); ALTER TABLE"
                        + " \"SHOP\".\"A\" RENAME TO \"C\"",
                "RENAME TABLE a TO t, b TO a, t TO b | ALTER TABLE \"SHOP\".\"A\" RENAME TO \"T\"; ALTER TABLE"
                        + " \"SHOP\".\"b\" RENAME TO \"A\"; ALTER TABLE \"SHOP\".\"T\" RENAME TO \"B\"",
                "DROP TABLE a, nowhere, b | DROP TABLE \"SHOP\".\"A\"; DROP TABLE \"SHOP\".\"NOWHERE\"; DROP TABLE"
                        + " \"SHOP\".\"b\"",
                "TRUNCATE TABLE a | TRUNCATE TABLE \"SHOP\".\"A\"",
                "CREATE TABLE c (id INT PRIMARY KEY, v INT COMMENT 'v', KEY k (v), UNIQUE KEY (v, id)) | CREATE TABLE"
                        + " \"SHOP\".\"C\" (\"ID\" NUMBER(10) NOT NULL, \"V\" NUMBER(10), PRIMARY KEY (\"ID\"), CONSTRAINT"
                        + " \"C_V\" UNIQUE (\"V\", \"ID\")); COMMENT ON COLUMN \"SHOP\".\"C\".\"V\" IS 'v'; CREATE INDEX"
                        + " \"SHOP\".\"C_K\" ON \"SHOP\".\"C\" (\"V\")",
            })
    void runsOnceWhereverTheConnectionIsLost(String sql, String expected) throws Exception {
        List<String> steps = run("whole", sql);
        assertThat(String.join("; ", steps)).isEqualTo(expected == null ? "" : expected);
        List<String> after = everything();
        assertThat(run("whole", sql)).isEmpty();
        for (int place = 0; place < steps.size(); place++) {
            for (boolean behind : new boolean[] {false, true}) {
                String pipeline = "lost" + place + behind;
                h2.execute("DROP SCHEMA SHOP CASCADE", "CREATE SCHEMA SHOP");
                tables();
                h2.losing(new LostOnce(place, behind));
                assertThatThrownBy(() -> run(pipeline, sql)).hasMessageContaining(LOST);
                h2.losingNothing();
                run(pipeline, sql);
                assertThat(everything()).as(pipeline).isEqualTo(after);
            }
        }
    }

    /** Loses the connection once, at one of the steps. */
    private static final class LostOnce implements RecordingH2.Lost {
        private final AtomicInteger left;
        private final boolean behind;

        LostOnce(int place, boolean behind) {
            left = new AtomicInteger(place);
            this.behind = behind;
        }

        @Override
        public void before(String sql) throws SQLException {
            if (!behind) {
                lose(sql);
            }
        }

        @Override
        public void behind(String sql) throws SQLException {
            if (behind) {
                lose(sql);
            }
        }

        private void lose(String sql) throws SQLException {
            if (isStep(sql) && left.getAndDecrement() == 0) {
                throw new SQLException(LOST, "08000", 17410);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CREATE TABLE c LIKE a                                   | copies the definition",
                "ALTER TABLE p EXCHANGE PARTITION p0 WITH TABLE a        | exchanges the rows",
                "RENAME TABLE a TO other.a                               | to another schema",
                "ALTER TABLE a ADD FULLTEXT KEY f (w)                    | no counterpart",
                "ALTER TABLE a ADD d DATE NOT NULL                       | what rows get that are there",
                "ALTER TABLE a ADD d BINARY(16) NOT NULL                 | what rows get that are there",
                "ALTER TABLE a ADD d DECIMAL(60,2)                       | at most 38 digits",
                "ALTER TABLE a MODIFY w TEXT                             | does not change into CLOB",
                "ALTER TABLE a DROP CONSTRAINT u                         | does not tell the kind",
                "ALTER TABLE a ADD KEY e ((v + 1))                       | made of an expression",
                "CREATE TABLE c (t TEXT, KEY k (t(9)))                   | a large object",
            })
    void whatHasNoCounterpartIsLeftToTheOperator(String sql, String why) {
        assertThatThrownBy(() -> run("held", sql))
                .isInstanceOf(WriteFailed.class)
                .hasMessageContaining("the statement at entry 7: ")
                .hasMessageContaining(why);
    }

    @Test
    void aStepThatIsRefusedIsTriedAgainWhenTheTargetIsMended() throws Exception {
        String sql = "ALTER TABLE a ADD c INT, ADD UNIQUE KEY n (nowhere), ADD d INT";
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> run("refused", sql))
                    .isInstanceOf(WriteFailed.class)
                    .hasMessageContaining("part 2 of 3, the target refuses it")
                    .hasMessageContaining("/api/v1/pipelines/refused/statements/7");
        }
        h2.execute("ALTER TABLE SHOP.A ADD NOWHERE NUMBER(10)");
        assertThat(run("refused", sql)).hasSize(2);
        assertThat(columns()).containsExactly("ID", "V", "W", "C", "NOWHERE", "D");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a ADD v INT, DROP x, DROP KEY y, RENAME COLUMN z TO w",
                "CREATE TABLE a (id INT)",
                "DROP TABLE nowhere",
                "ALTER TABLE nowhere RENAME TO a"
            })
    void aTargetThatHasItGoesOn(String sql) throws Exception {
        List<String> before = everything();
        run("has", sql);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aRenameThatWouldHideAColumnIsRefused() {
        assertThatThrownBy(() -> run("hides", "ALTER TABLE a RENAME COLUMN v TO w"))
                .isInstanceOf(WriteFailed.class)
                .hasMessageContaining("refuses it");
    }

    @Test
    void aSecondTryWaitsForTheFirst() throws Exception {
        DdlLine line = line("ALTER TABLE a ADD c INT");
        int lock = Math.floorMod("sluice ddl busy".hashCode(), 1 << 30);
        RecordingH2.request(lock, 6, 0, false);
        assertThat(statements.run(h2.connection(), "busy", line, () -> new WriteOutcome.Written(0)))
                .isNull();
        RecordingH2.release(lock);
        assertThat(run("busy", "ALTER TABLE a ADD c INT")).hasSize(1);
    }

    @Test
    void aKeyIsFoundBehindTheRenamingOfItsTable() throws Exception {
        run("one", "RENAME TABLE a TO c");
        assertThat(run("two", "ALTER TABLE c DROP KEY k, DROP KEY u"))
                .containsExactly("DROP INDEX \"SHOP\".\"A_K\"", "ALTER TABLE \"SHOP\".\"C\" DROP CONSTRAINT \"A_U\"");
    }

    /** Lost behind each step, it finds the names that it chose before. */
    @Test
    void aNewTableOfAnOldNameGetsKeysOfOtherNames() throws Exception {
        run("one", "RENAME TABLE a TO old");
        String create = "CREATE TABLE a (id INT PRIMARY KEY, v INT, w VARCHAR(9), UNIQUE KEY u (w), KEY k (v))";
        String index = "CREATE INDEX \"SHOP\".\"A_2_K\" ON \"SHOP\".\"A\" (\"V\")";
        h2.losing(new LostOnce(0, true));
        assertThatThrownBy(() -> run("two", create)).hasMessageContaining(LOST);
        h2.losing(new LostOnce(1, true));
        assertThatThrownBy(() -> run("two", create)).hasMessageContaining(LOST);
        h2.losingNothing();
        assertThat(run("two", create)).containsExactly(index);
        assertThat(keys("A")).containsExactly("A_2_K", "A_2_U");
        assertThat(keys("OLD")).containsExactly("A_K", "A_U");

        run("three", "ALTER TABLE a RENAME KEY k TO l, DROP KEY u, ADD UNIQUE KEY u (v, w)");
        assertThat(keys("A")).containsExactly("A_2_U", "A_L");
        run("four", "ALTER TABLE a RENAME KEY l TO k");
        run("five", "DROP TABLE old");
        run("six", "ALTER TABLE a DROP KEY u, DROP KEY k, ADD KEY k (v)");
        assertThat(keys("A")).containsExactly("A_K");
    }

    private List<String> keys(String table) throws SQLException {
        return h2.query("SELECT CONSTRAINT_NAME FROM ALL_CONSTRAINTS WHERE OWNER='SHOP' AND CONSTRAINT_TYPE='U' AND"
                + " TABLE_NAME='" + table + "' UNION SELECT INDEX_NAME FROM ALL_INDEXES WHERE TABLE_OWNER='SHOP' AND"
                + " INDEX_NAME NOT LIKE '%_INDEX%' AND INDEX_NAME NOT LIKE 'PRIMARY%' AND TABLE_NAME='" + table
                + "' ORDER BY 1");
    }

    @Test
    void longNamesAreCutWhereOracleCountsBytes() throws Exception {
        String table = "ü".repeat(60);
        run("one", "CREATE TABLE `" + table + "` (id INT, v INT)");
        List<String> steps = run("two", "CREATE INDEX " + "x".repeat(60) + " ON `" + table + "` (v)");
        String name = steps.get(0).split("\"")[3];
        assertThat(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSizeBetween(120, 128);
    }

    /** Returns what was told the target. */
    private List<String> run(String pipeline, String sql) throws Exception {
        h2.connection().commit();
        List<String> before = new ArrayList<>(h2.statements());
        h2.forget();
        try {
            DdlLine line = line(sql);
            @Nullable
            WriteOutcome outcome = statements.run(h2.connection(), pipeline, line, () -> {
                statements.finish(h2.connection(), pipeline, line);
                h2.connection().commit();
                return new WriteOutcome.Written(0);
            });
            assertThat(outcome).isNotNull();
            return h2.statements().stream().filter(OracleTargetTest::isStep).toList();
        } finally {
            h2.remember(before);
        }
    }

    private static boolean isStep(String sql) {
        return sql.contains("\"SHOP\".");
    }

    private static DdlLine line(String sql) {
        DdlLine line = Statements.line(false, sql, "shop");
        assertThat(line.tables()).isNotEmpty();
        return line;
    }

    private List<String> columns() throws SQLException {
        return h2.query(
                "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA='SHOP' AND TABLE_NAME='A'"
                        + " ORDER BY ORDINAL_POSITION");
    }

    private List<String> everything() throws SQLException {
        List<String> all = new ArrayList<>(h2.query(
                "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, NUMERIC_PRECISION, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE,"
                        + " COLUMN_DEFAULT, REMARKS FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA='SHOP' ORDER BY"
                        + " TABLE_NAME, ORDINAL_POSITION"));
        all.addAll(h2.query("SELECT OWNER, TABLE_NAME, CONSTRAINT_NAME FROM ALL_CONSTRAINTS WHERE OWNER='SHOP' AND"
                + " CONSTRAINT_TYPE='U' ORDER BY 2, 3"));
        all.addAll(
                h2.query("SELECT TABLE_NAME, CONSTRAINT_TYPE FROM ALL_CONSTRAINTS WHERE OWNER='SHOP' ORDER BY 1, 2"));
        all.addAll(h2.query("SELECT TABLE_NAME, INDEX_NAME FROM ALL_INDEXES WHERE TABLE_OWNER='SHOP' ORDER BY 1, 2"));
        for (String table :
                h2.query("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA='SHOP' ORDER BY 1")) {
            all.addAll(h2.query("SELECT * FROM SHOP.\"" + table + "\""));
        }
        return all;
    }
}
