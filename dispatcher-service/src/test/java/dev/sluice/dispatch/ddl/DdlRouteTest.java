package dev.sluice.dispatch.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.DdlRules;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DdlRouteTest {
    private static final ColumnRules RENAMED = new ColumnRules(List.of(), List.of(), Map.of("a", "b"));
    private static final DdlRules APPLY = DdlRules.of(DdlRules.Policy.APPLY);

    private static final List<Mapping> MAPPINGS = List.of(
            new Mapping("shop", "orders", "copy", "orders2", ColumnRules.ALL, null),
            new Mapping("shop", "renamed", null, null, RENAMED, null),
            new Mapping("shop", "part_*", null, "all_parts", ColumnRules.ALL, null),
            new Mapping("shop", "shard_1", null, "shards", ColumnRules.ALL, null),
            new Mapping("shop", "shard_2", null, "shards", ColumnRules.ALL, null),
            new Mapping("shop", "marked", null, null, ColumnRules.ALL, null)
                    .withSet(List.of(new SetColumn("origin", "here", false))),
            new Mapping("mirror", "*", "copy", null, ColumnRules.ALL, null));

    @Test
    void aStatementIsWrittenForTheNamesOfTheTarget() {
        DdlLine line = of(APPLY, "alter", "ALTER TABLE orders ADD orders INT COMMENT 'orders'");
        assertThat(line.sql()).isEqualTo("ALTER TABLE `copy`.`orders2` ADD orders INT COMMENT 'orders'");
        assertThat(line.tables()).containsExactly(new TableLine.Target("copy", "orders2"));
        assertThat(of(APPLY, "rename", "RENAME TABLE mirror.a TO mirror.b").sql())
                .isEqualTo("RENAME TABLE `copy`.`a` TO `copy`.`b`");
    }

    @Test
    void otherTablesAndOtherKindsAreLeftOut() {
        assertThat(route(APPLY).of(line("alter", "ALTER TABLE nobody.orders ADD x INT"), 5))
                .isEmpty();
        assertThat(route(DdlRules.IGNORE).of(line("alter", "ALTER TABLE orders ADD x INT"), 5))
                .isEmpty();
        assertThat(route(DdlRules.IGNORE).of(line("unknown", "ALTER TABLE orders WONDER"), 5))
                .isEmpty();
        assertThat(route(APPLY).of(line("schema", "DROP DATABASE shop"), 5)).isEmpty();
        assertThat(route(APPLY).of(line("other", "DROP VIEW orders"), 5)).isEmpty();
        assertThat(route(APPLY).of(new DdlLine("shop", "ALTER TABLE orders ADD x INT", 1), 5))
                .isEmpty();
        assertThat(route(APPLY).of(line("drop", "DROP TABLE mirror.secret1"), 5))
                .isEmpty();
        assertThat(of(APPLY, "create", "CREATE TABLE mirror.a LIKE mirror.secret1")
                        .sql())
                .isEqualTo("CREATE TABLE `copy`.`a` LIKE `copy`.`secret1`");
        DdlRules onlyIndexes = new DdlRules(null, null, DdlRules.Policy.APPLY, null, null, null, null);
        assertThat(route(onlyIndexes).of(line("alter", "ALTER TABLE orders ADD x INT"), 5))
                .isEmpty();
        assertThat(route(onlyIndexes).of(line("index", "CREATE INDEX i ON orders (a)"), 5))
                .isPresent();
    }

    @Test
    void whatCannotBeSaidForTheTargetIsHeld() {
        held("alter", "ALTER TABLE orders WONDER", "not understood");
        held("unknown", "ALTER TABLE orders WONDER", "not understood");
        held("rename", "RENAME TABLE orders TO orders_old", "shop.orders_old too, which no mapping takes");
        held("drop", "DROP TABLE orders, nobody.x", "nobody.x too");
        held("alter", "ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES nobody.x (a)", "nobody.x too");
        held("alter", "ALTER TABLE renamed ADD x INT", "rules for columns");
        held("truncate", "TRUNCATE part_1", "one target table with others");
        held("truncate", "TRUNCATE shard_1", "one target table with others");
        held("alter", "ALTER TABLE marked ADD x INT", "rules for columns");
        held("rename", "RENAME TABLE mirror.secret1 TO mirror.b", "mirror.secret1 too, which the capture leaves out");
        assertThat(of(APPLY, "truncate", "TRUNCATE renamed").sql()).isEqualTo("TRUNCATE `shop`.`renamed`");
    }

    @Test
    void theOperatorsAnswerHoldsForOneStatement() {
        DdlRules ask = DdlRules.of(DdlRules.Policy.ASK);
        DdlLine alter = line("alter", "ALTER TABLE orders ADD x INT");
        assertThatThrownBy(() -> route(ask).of(alter, 5))
                .isInstanceOf(StatementHeld.class)
                .hasMessageContaining("/api/v1/pipelines/p/statements/5")
                .hasMessageContaining("ALTER TABLE orders ADD x INT");
        DdlRules yes = ask.answered(new DdlRules.Answer(5, true), 10);
        assertThat(route(yes).of(alter, 5)).isPresent();
        assertThatThrownBy(() -> route(yes).of(alter, 6)).isInstanceOf(StatementHeld.class);
        assertThat(route(yes.answered(new DdlRules.Answer(5, false), 10)).of(alter, 5))
                .isEmpty();
        assertThat(route(APPLY.answered(new DdlRules.Answer(7, false), 10))
                        .of(line("unknown", "ALTER TABLE orders WONDER"), 7))
                .isEmpty();
    }

    @Test
    void whatATargetHasNoWordsForIsHeld() {
        DdlRoute postgres = route(APPLY, DataSource.Kind.POSTGRESQL);
        assertThat(postgres.of(line("alter", "ALTER TABLE orders ADD a INT UNSIGNED DEFAULT 7"), 5))
                .isPresent();
        for (String sql : List.of(
                "ALTER TABLE orders ADD FULLTEXT words (note)",
                "ALTER TABLE orders DROP PARTITION p0",
                "ALTER TABLE orders ADD a DATE NOT NULL",
                "ALTER TABLE orders ADD a CHAR(36) DEFAULT (uuid())",
                "ALTER TABLE orders ADD UNIQUE u ((a + 1))",
                "ALTER TABLE orders ALTER a SET DEFAULT 7")) {
            assertThatThrownBy(() -> postgres.of(line("alter", sql), 5))
                    .as(sql)
                    .isInstanceOf(StatementHeld.class)
                    .hasMessageContaining("answer ignore");
        }
    }

    @Test
    void whatOracleHasNoWordsForIsHeld() {
        DdlRoute oracle = route(APPLY, DataSource.Kind.ORACLE);
        assertThat(oracle.of(line("alter", "ALTER TABLE orders ADD a INT UNSIGNED DEFAULT 7"), 5))
                .isPresent();
        for (String sql : List.of(
                "ALTER TABLE orders ADD FULLTEXT words (note)",
                "ALTER TABLE orders DROP PARTITION p0",
                "ALTER TABLE orders ADD a DATE NOT NULL",
                "ALTER TABLE orders ADD a DECIMAL(50,2)",
                "ALTER TABLE orders ADD UNIQUE u ((a + 1))",
                "ALTER TABLE orders DROP CONSTRAINT c")) {
            assertThatThrownBy(() -> oracle.of(line("alter", sql), 5))
                    .as(sql)
                    .isInstanceOf(StatementHeld.class)
                    .hasMessageContaining("answer ignore");
        }
    }

    private static void held(String kind, String sql, String why) {
        assertThatThrownBy(() -> route(APPLY).of(line(kind, sql), 5))
                .isInstanceOf(StatementHeld.class)
                .hasMessageContaining("entry 5")
                .hasMessageContaining(why);
    }

    private static DdlLine of(DdlRules rules, String kind, String sql) {
        return route(rules).of(line(kind, sql), 5).orElseThrow();
    }

    private static DdlRoute route(DdlRules rules) {
        return route(rules, DataSource.Kind.MYSQL);
    }

    private static DdlRoute route(DdlRules rules, DataSource.Kind target) {
        return new DdlRoute(
                new Pipeline(
                        "p",
                        "source",
                        "target",
                        Pipeline.DesiredState.RUNNING,
                        1,
                        4,
                        MAPPINGS,
                        ApplyRules.DEFAULT.withDdl(rules)),
                target);
    }

    /** As it is captured, but for tables whose name begins with {@code secret}. */
    private static DdlLine line(String kind, String sql) {
        Ddl ddl = DdlParser.parse(sql, "shop", new Dialect(false, 80_036, 0));
        List<TableLine.Target> captured = ddl.tables().stream()
                .filter(table -> !table.table().startsWith("secret"))
                .map(table -> new TableLine.Target(table.schema(), table.table()))
                .toList();
        return new DdlLine("shop", sql, 1, kind, captured, new DdlLine.Session(false, 80_036, 0), null);
    }
}
