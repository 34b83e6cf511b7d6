package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.translation.NewTable;
import dev.sluice.ddl.translation.NoTranslation;
import dev.sluice.ddl.translation.OracleNames;
import dev.sluice.ddl.translation.OracleStatements;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables for Oracle: by the documented types, in Oracle's grammar, and such as H2 in Oracle mode makes too. */
class OracleMadeTablesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tinyint unsigned  | NUMBER(3)",
                "smallint          | NUMBER(5)",
                "mediumint         | NUMBER(7)",
                "int unsigned      | NUMBER(10)",
                "bigint            | NUMBER(19)",
                "bigint unsigned   | NUMBER(20)",
                "decimal(12,3)     | NUMBER(12,3)",
                "float             | BINARY_FLOAT",
                "double            | BINARY_DOUBLE",
                "bit(64)           | NUMBER(20)",
                "year              | NUMBER(4)",
                "date              | DATE",
                "datetime(6)       | TIMESTAMP(6)",
                "timestamp         | TIMESTAMP(0) WITH TIME ZONE",
                "time(3)           | INTERVAL DAY(2) TO SECOND(3)",
                "varchar(60)       | VARCHAR2(60 CHAR)",
                "varchar(5000)     | CLOB",
                "json              | CLOB",
                "enum('a','b''cd') | VARCHAR2(4 CHAR)",
                "set('a','bc')     | VARCHAR2(5 CHAR)",
                "varbinary(20)     | RAW(20)",
                "varbinary(3000)   | BLOB",
                "geometry          | BLOB",
            })
    void eachTypeHasItsOwn(String type, String expected) throws Exception {
        try (RecordingH2 h2 = new RecordingH2()) {
            List<String> statements = created("CREATE TABLE t (c " + type + ")");
            assertThat(statements).containsExactly("CREATE TABLE \"SHOP\".\"T\" (\"C\" " + expected + ")");
            make(h2, statements);
        }
    }

    @Test
    void aTableComesWithItsKeysDefaultsAndComments() throws Exception {
        try (RecordingH2 h2 = new RecordingH2()) {
            List<String> statements = created(
                    "CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT COMMENT 'it''s', n INT NOT NULL DEFAULT '7', v"
                            + " VARCHAR(9) NOT NULL DEFAULT 'x', e VARCHAR(9) NOT NULL DEFAULT '', d DATE DEFAULT"
                            + " '2020-02-03', b BIT(4) DEFAULT b'101', PRIMARY KEY (id), UNIQUE KEY u (v(3), n), KEY k (n))"
                            + " COMMENT 'all'");
            assertThat(statements)
                    .containsExactly(
                            "CREATE TABLE \"SHOP\".\"T\" (\"ID\" NUMBER(10) NOT NULL, \"N\" NUMBER(10) DEFAULT 7 NOT NULL,"
                                    + " \"V\" VARCHAR2(9 CHAR) DEFAULT 'x', \"E\" VARCHAR2(9 CHAR), \"D\" DATE DEFAULT DATE"
                                    + " '2020-02-03', \"B\" NUMBER(20) DEFAULT 5, PRIMARY KEY (\"ID\"), CONSTRAINT \"T_U\""
                                    + " UNIQUE (\"V\", \"N\"))",
                            "COMMENT ON TABLE \"SHOP\".\"T\" IS 'all'",
                            "COMMENT ON COLUMN \"SHOP\".\"T\".\"ID\" IS 'it''s'");
            make(h2, statements);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c DECIMAL(65,30)",
                "c DATE DEFAULT '0000-00-00'",
                "c CHAR(36) DEFAULT (uuid())",
                "c TIME DEFAULT '10:00:00'",
                "c TEXT, UNIQUE KEY u (c(10))",
                "c INT, UNIQUE KEY u ((c + 1))"
            })
    void whatOracleHasNothingLikeIsNamed(String column) {
        assertThatThrownBy(() -> created("CREATE TABLE t (" + column + ")"))
                .isInstanceOf(NoTranslation.class)
                .hasMessageContaining(column.contains("UNIQUE") ? "key u" : "column c");
    }

    private static void make(RecordingH2 h2, List<String> statements) throws Exception {
        for (String statement : statements) {
            h2.made(statement);
        }
        h2.assertGrammatical();
    }

    private static List<String> created(String sql) {
        return OracleStatements.create(table(sql), OracleNames.UNKNOWN);
    }

    private static NewTable table(String sql) {
        Ddl ddl = DdlParser.parse(sql, "shop", new Dialect(false, 80_036, 0));
        TableChange.Create create =
                (TableChange.Create) ((Ddl.Tables) ddl).changes().get(0);
        return new NewTable("shop", "t", create.columns(), create.keys(), null, create.comment());
    }
}
