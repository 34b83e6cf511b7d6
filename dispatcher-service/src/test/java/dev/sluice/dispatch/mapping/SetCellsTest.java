package dev.sluice.dispatch.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.TableLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SetCellsTest {
    private static final TableLine ORDERS = new TableLine(
            5,
            "shop_7",
            "orders",
            List.of(new Column("id", "int"), new Column("note", "text")),
            List.of(0),
            List.of(),
            null,
            null);

    private final SetCells cells = Objects.requireNonNull(SetCells.of(
            ORDERS,
            mapping(
                    new SetColumn("shard", "{schema}", true),
                    new SetColumn("origin", "a \"{table}\" of {schema}", false))));

    @Test
    void standBehindTheCellsOfARow() {
        assertThat(with("{\"op\":\"c\",\"t\":5,\"pk\":\"00000000000000aa\",\"row\":[1,\"]}\"]}"))
                .isEqualTo("{\"op\":\"c\",\"t\":5,\"pk\":\"00000000000000aa\",\"row\":[1,\"]}\",\"shop_7\","
                        + "\"a \\\"orders\\\" of shop_7\"]}");
    }

    @Test
    void areNoPartOfWhatAnUpdateChanged() {
        String head = "{\"op\":\"u\",\"t\":5,\"pk\":\"00000000000000bb\",\"was\":\"00000000000000aa\","
                + "\"chg\":[0],\"old\":[1],\"row\":[2,null";
        assertThat(with(head + "]}")).startsWith(head + ",\"shop_7\",");
    }

    @Test
    void areAmongTheColumnsOfARowThatLacksSome() {
        assertThat(with("{\"op\":\"d\",\"t\":5,\"pk\":\"00000000000000aa\",\"has\":[0],\"row\":[1]}"))
                .startsWith("{\"op\":\"d\",\"t\":5,\"pk\":\"00000000000000aa\",\"has\":[0,2,3],"
                        + "\"row\":[1,\"shop_7\",");
        assertThat(with("{\"op\":\"c\",\"t\":5,\"pk\":null,\"has\":[],\"row\":[]}"))
                .startsWith("{\"op\":\"c\",\"t\":5,\"pk\":null,\"has\":[2,3],\"row\":[\"shop_7\",");
    }

    @Test
    void namesAreNotLookedAtForFurtherNames() {
        assertThat(new SetColumn("c", "{schema}/{table}", false).valueOf("{table}", "$1"))
                .isEqualTo("{table}/$1");
    }

    @Test
    void whatIsComputedIsWrittenByInsertsAndUpdatesAndNotLookedFor() {
        SetCells both = cells(new SetColumn("shard", "x", true), SetColumn.computed("text", "CONCAT(id, ':', note)"));
        String head = ",\"t\":5,\"pk\":\"00000000000000aa\",";
        assertThat(with(both, "{\"op\":\"c\"" + head + "\"row\":[1,\"a\\n\"]}"))
                .isEqualTo("{\"op\":\"c\"" + head + "\"row\":[1,\"a\\n\",\"x\",\"1:a\\n\"]}");
        assertThat(with(both, "{\"op\":\"r\"" + head + "\"row\":[1,null]}"))
                .isEqualTo("{\"op\":\"r\"" + head + "\"row\":[1,null,\"x\",null]}");
        String change = "{\"op\":\"u\"" + head + "\"chg\":[1],\"old\":[\"a\"],";
        assertThat(with(both, change + "\"row\":[1,\"b\"]}"))
                .isEqualTo(change + "\"set\":[3],\"row\":[1,\"b\",\"x\",\"1:b\"]}");
        assertThat(with(both, "{\"op\":\"d\"" + head + "\"row\":[1,\"b\"]}"))
                .isEqualTo("{\"op\":\"d\"" + head + "\"has\":[0,1,2],\"row\":[1,\"b\",\"x\"]}");
        assertThat(with(both, "{\"op\":\"d\"" + head + "\"has\":[0],\"row\":[1]}"))
                .isEqualTo("{\"op\":\"d\"" + head + "\"has\":[0,2],\"row\":[1,\"x\"]}");
        assertThat(with(both, "{\"op\":\"e\",\"t\":5,\"pk\":null,\"has\":[],\"row\":[]}"))
                .isEqualTo("{\"op\":\"e\",\"t\":5,\"pk\":null,\"has\":[2],\"row\":[\"x\"]}");
    }

    @Test
    void anUpdateInPartTellsWhatIsComputedOfWhatItWrote() {
        SetCells upper = cells(SetColumn.computed("code", "UPPER(note)"), SetColumn.computed("next", "id + 1"));
        String head = "{\"op\":\"u\",\"t\":5,\"pk\":\"00000000000000aa\",\"chg\":[],\"old\":[],";
        assertThat(with(upper, head + "\"set\":[1],\"has\":[1],\"row\":[\"b\"]}"))
                .isEqualTo(head + "\"set\":[1,2],\"has\":[1,2],\"row\":[\"b\",\"B\"]}");
        assertThat(with(upper, head + "\"set\":[],\"has\":[0],\"row\":[1]}"))
                .isEqualTo(head + "\"set\":[3],\"has\":[0,3],\"row\":[1,2]}");
        assertThat(with(upper, head + "\"has\":[],\"row\":[]}")).isEqualTo(head + "\"has\":[],\"row\":[]}");
    }

    @Test
    void aRowThatLacksWhatItIsMadeOfIsRefused() {
        SetCells text = cells(SetColumn.computed("text", "CONCAT(id, note)"));
        String head = ",\"t\":5,\"pk\":\"00000000000000aa\",";
        assertThatThrownBy(() -> with(text, "{\"op\":\"c\"" + head + "\"has\":[0],\"row\":[1]}"))
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("the mapping shop_*.orders cannot set column text in rows of shop_7.orders")
                .hasMessageContaining("does not hold column note")
                .hasMessageContaining("SET GLOBAL binlog_row_image=FULL");
        String change = "{\"op\":\"u\"" + head + "\"chg\":[],\"old\":[],\"set\":[1],\"has\":[1],\"row\":[\"b\"]}";
        assertThatThrownBy(() -> with(text, change)).hasMessageContaining("does not hold column id");
    }

    @Test
    void refusesATableThatLacksAColumnOfTheExpression() {
        assertThatThrownBy(() -> cells(SetColumn.computed("full_name", "CONCAT(first, note)")))
                .isInstanceOf(MappingRefused.class)
                .hasMessage("the mapping shop_*.orders cannot set column full_name in rows of shop_7.orders by its"
                        + " expression: there is no column 'first'; there are id, note, or change the expression");
    }

    private static SetCells cells(SetColumn... set) {
        return Objects.requireNonNull(SetCells.of(ORDERS, mapping(set)));
    }

    private static Mapping mapping(SetColumn... set) {
        return new Mapping("shop_*", "orders", null, null, ColumnRules.ALL, null).withSet(List.of(set));
    }

    private String with(String line) {
        return with(cells, line);
    }

    private static String with(SetCells set, String line) {
        byte[] bytes = ("xx" + line + "\n").getBytes(StandardCharsets.UTF_8);
        LineBuffer found = set.with(bytes, 2, bytes.length - 1);
        return new String(found.array(), 0, found.length(), StandardCharsets.UTF_8);
    }
}
