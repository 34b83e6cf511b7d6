package dev.sluice.dispatch.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableRewriterTest {
    private static final TableLine ORDERS = new TableLine(
            5,
            "shop",
            "orders",
            List.of(new Column("id", "int"), new Column("Total", "int"), new Column("note", "text")),
            List.of(0),
            List.of(List.of(1)),
            null,
            null);

    @Test
    void keepsNamesThatTheMappingDoesNotChange() {
        TableLine line = TableRewriter.rewrite(ORDERS, mapping(null, null, ColumnRules.ALL));
        assertThat(line.target()).isEqualTo(new TableLine.Target("shop", "orders"));
        assertThat(line.columns()).isEqualTo(ORDERS.columns());
        assertThat(line.key()).isEqualTo(ORDERS.key());
        assertThat(line.unique()).isEqualTo(ORDERS.unique());
        assertThat(line.table()).isEqualTo(5);
    }

    @Test
    void renamesTablesAndColumnsAndLeavesColumnsOut() {
        TableLine line = TableRewriter.rewrite(
                ORDERS, mapping("store", "sales", new ColumnRules(List.of(), List.of("NOTE"), Map.of("total", "sum"))));
        assertThat(line.target()).isEqualTo(new TableLine.Target("store", "sales"));
        assertThat(line.columns())
                .containsExactly(
                        new Column("id", "int"),
                        new Column("Total", "int", "sum", false),
                        new Column("note", "text", null, true));
    }

    @Test
    void constantColumnsStandLastAndJoinEveryKeyIfTheyAreKeys() {
        TableLine line = TableRewriter.rewrite(
                ORDERS,
                mapping(null, null, ColumnRules.ALL)
                        .withSet(List.of(
                                new SetColumn("origin", "eu", false), new SetColumn("shard", "{table}", true))));
        assertThat(line.columns().subList(3, 5))
                .containsExactly(new Column("origin", "varchar(64)"), new Column("shard", "varchar(64)"));
        assertThat(line.key()).containsExactly(0, 4);
        assertThat(line.unique()).containsExactly(List.of(1, 4));
    }

    @Test
    void aComputedColumnHasTheTypeOfItsExpression() {
        Mapping sums = mapping(null, null, new ColumnRules(List.of(), List.of("note"), Map.of()))
                .withSet(List.of(
                        SetColumn.computed("twice", "Total * 2"), SetColumn.computed("note", "LEFT(note, 30)")));
        assertThat(TableRewriter.rewrite(ORDERS, sums).columns().subList(2, 5))
                .containsExactly(
                        new Column("note", "text", null, true),
                        new Column("twice", "bigint"),
                        new Column("note", "varchar(30)"));
    }

    @Test
    void refusesAConstantColumnWithTheNameOfAnother() {
        assertThatThrownBy(() -> TableRewriter.rewrite(
                        ORDERS,
                        mapping(null, null, ColumnRules.ALL).withSet(List.of(new SetColumn("NOTE", "eu", false)))))
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("note and NOTE");
    }

    @Test
    void refusesToLeaveOutThePrimaryKey() {
        assertThatThrownBy(() -> TableRewriter.rewrite(
                        ORDERS, mapping(null, null, new ColumnRules(List.of("total"), List.of(), Map.of()))))
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("shop.ord*")
                .hasMessageContaining("column id")
                .hasMessageContaining("primary key of shop.orders");
    }

    @Test
    void refusesTwoColumnsUnderOneName() {
        assertThatThrownBy(() -> TableRewriter.rewrite(
                        ORDERS, mapping(null, null, new ColumnRules(List.of(), List.of(), Map.of("note", "TOTAL")))))
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("Total and note");
    }

    private static Mapping mapping(@Nullable String schema, @Nullable String table, ColumnRules columns) {
        return new Mapping("shop", "ord*", schema, table, columns, null);
    }
}
