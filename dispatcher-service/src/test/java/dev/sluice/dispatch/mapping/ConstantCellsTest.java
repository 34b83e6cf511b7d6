package dev.sluice.dispatch.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.ConstantColumn;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.TableLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConstantCellsTest {
    private static final TableLine ORDERS = new TableLine(
            5,
            "shop_7",
            "orders",
            List.of(new Column("id", "int"), new Column("note", "text")),
            List.of(0),
            List.of(),
            null,
            null);

    private final ConstantCells cells = Objects.requireNonNull(ConstantCells.of(
            ORDERS,
            List.of(
                    new ConstantColumn("shard", "{schema}", true),
                    new ConstantColumn("origin", "a \"{table}\" of {schema}", false))));

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
        assertThat(new ConstantColumn("c", "{schema}/{table}", false).valueOf("{table}", "$1"))
                .isEqualTo("{table}/$1");
    }

    private String with(String line) {
        byte[] bytes = ("xx" + line + "\n").getBytes(StandardCharsets.UTF_8);
        LineBuffer found = cells.with(bytes, 2, bytes.length - 1);
        return new String(found.array(), 0, found.length(), StandardCharsets.UTF_8);
    }
}
