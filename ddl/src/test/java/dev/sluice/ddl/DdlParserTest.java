package dev.sluice.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of statements, and that what is not understood is said to be so. */
class DdlParserTest {
    private static final Dialect MYSQL = Dialect.of(false, 8, 0, 36, 0);
    private static final Dialect MARIADB = Dialect.of(true, 10, 11, 5, 0);
    private static final TableName T = new TableName("s", "t");

    @Test
    void columnsWithTheNamesOfClausesAreDropped() {
        for (Dialect dialect : List.of(MYSQL, MARIADB)) {
            assertThat(actions(
                            "ALTER TABLE t DROP period, DROP `system`, DROP `partition`, DROP COLUMN `key`", dialect))
                    .containsExactly(
                            new AlterAction.DropColumn("period", false),
                            new AlterAction.DropColumn("system", false),
                            new AlterAction.DropColumn("partition", false),
                            new AlterAction.DropColumn("key", false));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t DROP PERIOD FOR p",
                "ALTER TABLE t DROP SYSTEM VERSIONING",
                "ALTER TABLE t ADD SYSTEM VERSIONING",
                "ALTER TABLE t ADD PERIOD FOR p (a, b)",
                "ALTER TABLE t CONVERT PARTITION p TO TABLE u",
                "ALTER TABLE t CONVERT TABLE u TO PARTITION p VALUES LESS THAN (5)",
                "CREATE TABLE t (a INT) WITH SYSTEM VERSIONING",
                "CREATE TABLE t (a INT, PERIOD FOR SYSTEM_TIME (b, c))",
                "CREATE TABLE t AS SELECT 1",
                "CREATE TABLE t (a INT) SELECT a FROM u",
                "CREATE TABLE t (a INT) AS (SELECT a FROM u)",
                "CREATE TABLE t (a INT",
                "CREATE TABLE t (a INT) nonsense",
                "CREATE TABLE t (a NOSUCHTYPE(5))",
                "CREATE TABLE t",
                "ALTER TABLE t ADD a INT COMMENT 'no end",
                "ALTER TABLE t /* no end",
                "ALTER TABLE t ADD e ENUM(0x61)",
                "ALTER TABLE t ADD",
                "ALTER TABLE",
                "TRUNCATE",
                "DROP INDEX",
                "CREATE TABLE t (a INT) /*! no end"
            })
    void whatIsNotUnderstoodIsUnreadable(String sql) {
        for (Dialect dialect : List.of(MYSQL, MARIADB)) {
            assertThat(DdlParser.parse(sql, "s", dialect)).as(sql).isInstanceOf(Ddl.Unreadable.class);
            assertThatThrownBy(() -> DdlParser.rewrite(sql, "s", dialect, name -> name, name -> name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anUnreadableStatementNamesWhatItMayHaveChanged() {
        assertThat(unreadable("ALTER TABLE `x`.`y z` WONDER")).isEqualTo(Set.of(new TableName("x", "y z")));
        assertThat(unreadable("CREATE OR REPLACE TABLE IF NOT EXISTS t WONDER")).isEqualTo(Set.of(T));
        assertThat(unreadable("CREATE UNIQUE INDEX i ON o.t WONDER")).isEqualTo(Set.of(new TableName("o", "t")));
        assertThat(unreadable("SET STATEMENT x=1 FOR ALTER TABLE t WONDER")).isEqualTo(Set.of(T));
        assertThat(((Ddl.Unreadable) DdlParser.parse("RENAME TABLE a TO x.b, c TO WONDER d", "s", MYSQL)).schemas())
                .isEqualTo(Set.of("s", "x"));
        assertThat(((Ddl.Unreadable) DdlParser.parse("DROP TABLE a, y.b WONDER 5", "s", MYSQL)).schemas())
                .isEqualTo(Set.of("s", "y"));
        assertThat(((Ddl.Unreadable) DdlParser.parse("ALTER TABLE a WONDER, RENAME TO z.b", "s", MYSQL)).schemas())
                .isEqualTo(Set.of("s", "z"));
        assertThat(((Ddl.Unreadable) DdlParser.parse("DROP DATABASE d WONDER", "s", MYSQL)).schemas())
                .isEqualTo(Set.of("d"));
    }

    @Test
    void statementsAboutOtherThingsAreIrrelevant() {
        for (String sql : List.of(
                "BEGIN",
                "CREATE VIEW v AS SELECT 1",
                "CREATE OR REPLACE ALGORITHM=MERGE VIEW v AS SELECT 1",
                "CREATE DEFINER=`a`@`b` TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET @a = 'ALTER TABLE x'",
                "CREATE TEMPORARY TABLE x (a INT)",
                "DROP TEMPORARY TABLE IF EXISTS x",
                "GRANT ALL ON *.* TO x",
                "ALTER USER x IDENTIFIED BY 'y'",
                "CREATE TABLESPACE x ADD DATAFILE 'y'",
                "-- ALTER TABLE x ADD y INT",
                "/* ALTER TABLE x ADD y INT */",
                "")) {
            assertThat(DdlParser.parse(sql, "s", MYSQL)).as(sql).isEqualTo(new Ddl.Irrelevant());
            assertThat(DdlParser.parse(sql, "s", MARIADB)).as(sql).isEqualTo(new Ddl.Irrelevant());
        }
    }

    @Test
    void commentsEndWhereTheServerEndsThem() {
        for (Dialect dialect : List.of(MYSQL, MARIADB)) {
            assertThat(added("ALTER TABLE t ADD a INT --\tADD x INT\n, ADD b INT --\n, ADD c INT #, ADD y\n", dialect))
                    .containsExactly("a", "b", "c");
            assertThat(added(
                            "ALTER TABLE t ADD a INT /*!50001 , /* x */ ADD b INT COMMENT '*/' */, ADD c INT", dialect))
                    .containsExactly("a", "b", "c");
            assertThat(added("ALTER TABLE t /*!999999 ADD a INT /* x */ , ADD d INT, */ ADD b INT", dialect))
                    .containsExactly("b");
        }
        String foreign = "ALTER TABLE t ADD a INT /*M! , ADD b INT */ /*!50701 , ADD c INT */";
        assertThat(added(foreign, MYSQL)).containsExactly("a", "c");
        assertThat(added(foreign, MARIADB)).containsExactly("a", "b");
    }

    @Test
    void sqlModesSayWhatQuotesMean() {
        for (boolean mariaDb : List.of(false, true)) {
            Dialect ansi = Dialect.of(mariaDb, 10, 11, 5, 4);
            assertThat(added("ALTER TABLE \"t\" ADD \"a\"\"b`c\" INT COMMENT '\"'", ansi))
                    .containsExactly("a\"b`c");
            Dialect plain = Dialect.of(mariaDb, 10, 11, 5, 1 << 20);
            assertThat(added("ALTER TABLE t ADD a INT COMMENT '\\', ADD b INT COMMENT '\\'", plain))
                    .containsExactly("a", "b");
            Dialect foreign = Dialect.of(mariaDb, 10, 11, 5, 1 << 12);
            assertThat(DdlParser.parse("CREATE TABLE t (a TIMESTAMP)", "s", foreign))
                    .isInstanceOf(Ddl.Unreadable.class);
        }
    }

    @Test
    void typesOfMariaDbAreKnown() {
        String sql = "CREATE OR REPLACE TABLE t (a INET6, b INET4 NOT NULL, c UUID, d TEXT COMPRESSED, inet6 INT,"
                + " e VARCHAR(9) /*M!100301 COMPRESSED*/ NOT NULL, f JSON) ROW_FORMAT=COMPRESSED";
        Ddl.Tables tables = (Ddl.Tables) DdlParser.parse(sql, "s", MARIADB);
        TableChange.Create create = (TableChange.Create) tables.changes().get(0);
        assertThat(create.orReplace()).isTrue();
        assertThat(create.columns())
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly("a inet6", "b inet4", "c uuid", "d text", "inet6 int", "e varchar", "f longtext");
    }

    @Test
    void lengthsAndActionsOfAnySizeAreRead() {
        assertThat(details("a BLOB(4294967295)")).isEqualTo("a null null");
        assertThat(details("b INT REFERENCES x (a) ON DELETE SET DEFAULT")).isEqualTo("b null null");
        assertThat(details("c INT DEFAULT 7 COMMENT 'd' REFERENCES x (a) ON UPDATE SET NULL ON DELETE SET DEFAULT,"
                        + " d BLOB(4294967295), e INT DEFAULT 3"))
                .isEqualTo("c 7 d");
    }

    @Test
    void defaultsOfTextMeanTheSameHoweverTheyAreWritten() {
        long noBackslashEscapes = 1L << 20;
        assertThat(details("a CHAR(9) DEFAULT 'it''s \\\\ \\n\\''")).isEqualTo("a 'it''s \\ \n''' null");
        assertThat(details("a CHAR(9) DEFAULT \"it's \"\"x\"\"\"")).isEqualTo("a 'it''s \"x\"' null");
        assertThat(details("a CHAR(9) DEFAULT 'c:\\new'", new Dialect(false, 80_015, noBackslashEscapes)))
                .isEqualTo("a 'c:\\new' null");
        assertThat(details("a CHAR(9) DEFAULT 'c:\\new'", new Dialect(true, 101_100, noBackslashEscapes)))
                .isEqualTo("a 'c:\\new' null");
        assertThat(details("a BIT(4) DEFAULT b'101'")).isEqualTo("a b'101' null");
    }

    private static String details(String definition) {
        return details(definition, MYSQL);
    }

    private static String details(String definition, Dialect dialect) {
        Ddl.Tables tables = (Ddl.Tables) DdlParser.parse("CREATE TABLE t (" + definition + ")", "s", dialect);
        ColumnDefinition column =
                ((TableChange.Create) tables.changes().get(0)).columns().get(0);
        return column.name() + " " + column.details().defaultValue() + " "
                + column.details().comment();
    }

    @Test
    void setStatementForIsPassedOver() {
        assertThat(added("SET STATEMENT lock_wait_timeout=5 FOR ALTER TABLE t ADD a INT", MARIADB))
                .containsExactly("a");
    }

    @Test
    void rewritingTouchesNamesOfTablesAndNothingElse() {
        assertThat(rewritten("ALTER  TABLE /* t */ t ADD `t` INT COMMENT 't', ADD FOREIGN KEY (`t`) REFERENCES o.t (t),"
                        + " RENAME TO `t``2` -- t"))
                .isEqualTo("ALTER  TABLE /* t */ `S`.`t_` ADD `t` INT COMMENT 't', ADD FOREIGN KEY (`t`) REFERENCES"
                        + " `O`.`t_` (t), RENAME TO `S`.`t``2_` -- t");
        assertThat(rewritten("RENAME TABLE a TO x . b, `c d` TO e"))
                .isEqualTo("RENAME TABLE `S`.`a_` TO `X`.`b_`, `S`.`c d_` TO `S`.`e_`");
        assertThat(rewritten("CREATE TABLE 😀.t (a INT DEFAULT 5 COMMENT '😀 t')".replace("😀.", "`😀`.")))
                .isEqualTo("CREATE TABLE `😀`.`t_` (a INT DEFAULT 5 COMMENT '😀 t')");
        assertThat(rewritten("CREATE TABLE t LIKE u")).isEqualTo("CREATE TABLE `S`.`t_` LIKE `S`.`u_`");
        assertThat(rewritten("DROP TABLE IF EXISTS t, x.u /* generated by server */"))
                .isEqualTo("DROP TABLE IF EXISTS `S`.`t_`, `X`.`u_` /* generated by server */");
        assertThat(rewritten("CREATE INDEX t ON t (t)")).isEqualTo("CREATE INDEX t ON `S`.`t_` (t)");
        assertThat(rewritten("ALTER TABLE t EXCHANGE PARTITION t WITH TABLE u"))
                .isEqualTo("ALTER TABLE `S`.`t_` EXCHANGE PARTITION t WITH TABLE `S`.`u_`");
        assertThat(rewritten("CREATE DATABASE s DEFAULT CHARACTER SET utf8mb4"))
                .isEqualTo("CREATE DATABASE `S` DEFAULT CHARACTER SET utf8mb4");
        assertThat(rewritten("CREATE TABLE t (a INT) START TRANSACTION")).isEqualTo("CREATE TABLE `S`.`t_` (a INT) ");
        assertThat(rewritten("TRUNCATE t")).isEqualTo("TRUNCATE `S`.`t_`");
    }

    private static String rewritten(String sql) {
        String mySql = rewritten(sql, MYSQL);
        assertThat(rewritten(sql, MARIADB)).isEqualTo(mySql);
        return mySql;
    }

    private static String rewritten(String sql, Dialect dialect) {
        return DdlParser.rewrite(
                sql,
                "s",
                dialect,
                name -> new TableName(name.schema().toUpperCase(java.util.Locale.ROOT), name.table() + "_"),
                name -> name.toUpperCase(java.util.Locale.ROOT));
    }

    private static Set<TableName> unreadable(String sql) {
        return ((Ddl.Unreadable) DdlParser.parse(sql, "s", MARIADB)).tables();
    }

    private static List<AlterAction> actions(String sql, Dialect dialect) {
        Ddl ddl = DdlParser.parse(sql, "s", dialect);
        assertThat(ddl).as(sql).isInstanceOf(Ddl.Tables.class);
        return ((TableChange.Alter) ((Ddl.Tables) ddl).changes().get(0)).actions();
    }

    private static List<String> added(String sql, Dialect dialect) {
        return actions(sql, dialect).stream()
                .map(action -> ((AlterAction.AddColumn) action).column().name())
                .toList();
    }
}
