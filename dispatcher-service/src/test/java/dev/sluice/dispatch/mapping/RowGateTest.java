package dev.sluice.dispatch.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.config.ChangeKind;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.RowFilter;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.dispatch.mapping.RowGate.Passage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowGateTest {
    private static final TableLine ORDERS = new TableLine(
            1,
            "shop",
            "orders",
            List.of(new Column("id", "int"), new Column("status", "varchar(9)"), new Column("total", "decimal(9,2)")),
            List.of(0),
            List.of(),
            null,
            null);

    @Test
    void takesTheRowsForWhichTheConditionIsTrue() {
        RowGate gate = gate("status = 'PAID' and total > 100");
        assertThat(gate.of(row("c", "1,\"PAID\",\"100.01\""))).isEqualTo(Passage.PASS);
        assertThat(gate.of(row("c", "1,\"PAID\",\"100.00\""))).isEqualTo(Passage.DROP);
        assertThat(gate.of(row("c", "1,\"PAID\",null"))).isEqualTo(Passage.DROP);
        assertThat(gate.of(row("d", "1,\"PAID\",\"100.01\""))).isEqualTo(Passage.PASS);
        assertThat(gate.of(row("d", "1,\"NEW\",\"100.01\""))).isEqualTo(Passage.DROP);
        assertThat(gate.of(row("r", "1,\"NEW\",\"100.01\""))).isEqualTo(Passage.DROP);
    }

    @Test
    void anUpdateMovesRowsInAndOut() {
        RowGate gate = gate("status = 'PAID'");
        assertThat(gate.of(update("\"NEW\"", "\"PAID\""))).isEqualTo(Passage.ENTER);
        assertThat(gate.of(update("\"PAID\"", "\"OLD\""))).isEqualTo(Passage.LEAVE);
        assertThat(gate.of(update("null", "\"NEW\""))).isEqualTo(Passage.DROP);
        assertThat(gate("id = 1").of(update("\"NEW\"", "\"PAID\""))).isEqualTo(Passage.PASS);
        assertThat(gate("id = 2").of(update("\"NEW\"", "\"PAID\""))).isEqualTo(Passage.DROP);
    }

    @Test
    void kindsAreThoseAtTheTarget() {
        RowGate gate = gate("status = 'PAID'", ChangeKind.INSERT, ChangeKind.UPDATE);
        assertThat(gate.of(update("\"PAID\"", "\"OLD\""))).isEqualTo(Passage.DROP);
        assertThat(gate.of(update("\"NEW\"", "\"PAID\""))).isEqualTo(Passage.ENTER);
        assertThat(gate.of(row("d", "1,\"PAID\",null"))).isEqualTo(Passage.DROP);
        assertThat(gate.of(row("r", "1,\"PAID\",null"))).isEqualTo(Passage.PASS);
        RowGate kindsOnly = gate(null, ChangeKind.DELETE);
        assertThat(kindsOnly.of(row("d", "1,\"X\",null"))).isEqualTo(Passage.PASS);
        assertThat(kindsOnly.of(row("c", "1,\"X\",null"))).isEqualTo(Passage.DROP);
        assertThat(kindsOnly.of(row("r", "1,\"X\",null")))
                .as("a snapshot was asked for")
                .isEqualTo(Passage.PASS);
    }

    @Test
    void refusesAConditionThatDoesNotFitTheTable() {
        assertThatThrownBy(() -> gate("state = 'PAID'"))
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("rows.where")
                .hasMessageContaining("shop.orders")
                .hasMessageContaining("no column 'state'");
        assertThatThrownBy(() -> gate("total = 'PAID'"))
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("compare it with a number");
    }

    @Test
    void refusesRowsThatDoNotTellWhatTheConditionAsks() {
        RowGate gate = gate("status = 'PAID'");
        String partial = "{\"op\":\"%s\",\"t\":1,\"pk\":\"0000000000000001\",%s}";
        assertThatThrownBy(() -> gate.of(line(partial.formatted("d", "\"has\":[0],\"row\":[1]"))))
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("column status")
                .hasMessageContaining("shop.orders")
                .hasMessageContaining("binlog_row_image=FULL");
        assertThatThrownBy(() -> gate.of(line(partial.formatted("u", "\"set\":[1],\"row\":[1,\"PAID\",null]"))))
                .as("what it held before is not known")
                .isInstanceOf(MappingRefused.class);
        assertThat(gate.of(line(partial.formatted("u", "\"set\":[2],\"has\":[0,1,2],\"row\":[1,\"PAID\",null]"))))
                .isEqualTo(Passage.PASS);
        assertThat(gate("id = 1").of(line(partial.formatted("d", "\"has\":[0],\"row\":[1]"))))
                .isEqualTo(Passage.PASS);
    }

    private static RowGate gate(@Nullable String where, ChangeKind... kinds) {
        Mapping mapping = new Mapping("shop", "*", null, null, ColumnRules.ALL, null)
                .withRows(new RowFilter(where, List.of(kinds)));
        return Objects.requireNonNull(RowGate.of(ORDERS, mapping));
    }

    private static RowLine update(String before, String after) {
        return line("{\"op\":\"u\",\"t\":1,\"pk\":\"0000000000000001\",\"chg\":[1],\"old\":[" + before + "],\"row\":[1,"
                + after + ",\"5.00\"]}");
    }

    private static RowLine row(String op, String cells) {
        return line("{\"op\":\"" + op + "\",\"t\":1,\"pk\":\"0000000000000001\",\"row\":[" + cells + "]}");
    }

    private static RowLine line(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return new RowLine().head(body, 0, body.length);
    }
}
