package dev.sluice.apply.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.apply.write.RecordingH2;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.translation.NewTable;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** On H2, which like Oracle has one namespace for the keys of all tables. */
class OracleTableMakerTest {
    private static final NewTable ORDERS =
            table("CREATE TABLE orders (id INT PRIMARY KEY, code VARCHAR(8), UNIQUE KEY codes (code)) COMMENT 'all'");
    private static final String KEYS = "SELECT TABLE_NAME, CONSTRAINT_NAME FROM ALL_CONSTRAINTS"
            + " WHERE CONSTRAINT_TYPE = 'U' AND OWNER = 'SHOP' ORDER BY TABLE_NAME";

    @Test
    void aKeyGetsAnotherNameThanThatOfATableThatWasRenamed() throws Exception {
        try (RecordingH2 h2 = new RecordingH2()) {
            OracleTableMaker.make(h2.connection(), ORDERS);
            h2.execute("ALTER TABLE SHOP.ORDERS RENAME TO OLD");

            OracleTableMaker.make(h2.connection(), ORDERS);
            OracleTableMaker.make(h2.connection(), ORDERS);

            assertThat(h2.query(KEYS)).containsExactly("OLD|ORDERS_CODES", "ORDERS|ORDERS_2_CODES");
            h2.assertGrammatical();
        }
    }

    @Test
    void whoeverIsSecondFindsItDone() throws Exception {
        try (RecordingH2 h2 = new RecordingH2()) {
            meanwhile(h2, "CREATE TABLE SHOP.ORDERS (ID INT, CODE VARCHAR(8))");

            OracleTableMaker.make(h2.connection(), ORDERS);

            assertThat(h2.query("SELECT COUNT(*) FROM SHOP.ORDERS")).containsExactly("0");
        }
    }

    /** Oracle says the same of a table, a key and anything else that has the name. */
    @Test
    void aNameThatIsUsedIsNotTakenForTheTable() throws Exception {
        try (RecordingH2 h2 = new RecordingH2()) {
            h2.losing(before(() -> {
                throw new SQLException("name is already used by an existing object", "42000", 955);
            }));

            assertThatThrownBy(() -> OracleTableMaker.make(h2.connection(), ORDERS))
                    .hasMessageContaining("already used");
        }
    }

    private static void meanwhile(RecordingH2 h2, String sql) {
        h2.losing(before(() -> h2.execute(sql)));
    }

    @FunctionalInterface
    private interface Happens {
        void now() throws SQLException;
    }

    private static RecordingH2.Lost before(Happens happens) {
        return new RecordingH2.Lost() {
            @Override
            public void before(String sql) throws SQLException {
                if (sql.startsWith("CREATE TABLE")) {
                    happens.now();
                }
            }

            @Override
            public void behind(String sql) {}
        };
    }

    private static NewTable table(String sql) {
        Ddl ddl = DdlParser.parse(sql, "shop", new Dialect(false, 80_036, 0));
        TableChange.Create create =
                (TableChange.Create) ((Ddl.Tables) ddl).changes().get(0);
        return new NewTable("shop", "orders", create.columns(), create.keys(), null, create.comment());
    }
}
