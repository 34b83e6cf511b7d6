package dev.sluice.change.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RowLineTest {
    @Test
    void readsTheRoutingFactsOfAnUpdateThatChangedItsKey() {
        RowLine row = row("{\"op\":\"u\",\"t\":1207,\"pk\":\"fedcba9876543210\",\"was\":\"0000000000000001\","
                + "\"uk\":[\"00000000000000aa\",null],\"ukwas\":[null,\"00000000000000bb\"],"
                + "\"chg\":[0,12],\"old\":[1,\"a,]\\\"\"],\"row\":[2,3,4,5,6,7,8,9,10,11,12,13,null]}");
        assertThat(row.op()).isEqualTo(RowOp.UPDATE);
        assertThat(row.table()).isEqualTo(1207);
        assertThat(row.keyed()).isTrue();
        assertThat(row.key()).isEqualTo(0xfedcba9876543210L);
        assertThat(row.keyChanged()).isTrue();
        assertThat(row.oldKey()).isEqualTo(1);
        row.cells();
        assertThat(row.size()).isEqualTo(13);
        assertThat(row.changes()).isEqualTo(2);
        assertThat(row.changedOrdinal(1)).isEqualTo(12);
        assertThat(slice(row, row.oldStart(1), row.oldEnd(1))).isEqualTo("\"a,]\\\"\"");
        assertThat(CellText.isNull(row.body(), row.cellStart(12), row.cellEndOf(12)))
                .isTrue();
        assertThat(slice(row, row.uniqueStart(), row.uniqueEnd())).isEqualTo("[\"00000000000000aa\",null]");
        assertThat(slice(row, row.oldUniqueStart(), row.oldUniqueEnd())).isEqualTo("[null,\"00000000000000bb\"]");
    }

    @Test
    void readsARowWithoutAKeyOrAnythingElse() {
        RowLine row = row("{\"op\":\"d\",\"t\":0,\"pk\":null,\"row\":[]}");
        assertThat(row.op()).isEqualTo(RowOp.DELETE);
        assertThat(row.keyed()).isFalse();
        assertThat(row.keyChanged()).isFalse();
        row.cells();
        assertThat(row.size()).isZero();
        assertThat(row.changes()).isZero();
        assertThat(row.uniqueEnd()).isEqualTo(row.uniqueStart());
    }

    @Test
    void tellsWhichColumnsTheRowLacks() {
        RowLine row = row("{\"op\":\"u\",\"t\":1,\"pk\":\"0000000000000001\",\"chg\":[],\"old\":[],\"set\":[3],"
                + "\"has\":[0,3],\"row\":[7,null]}");
        row.cells();
        assertThat(row.complete()).isFalse();
        assertThat(row.size()).isEqualTo(2);
        assertThat(row.present(0)).isTrue();
        assertThat(row.present(1)).isFalse();
        assertThat(row.present(4)).isFalse();
        assertThat(slice(row, row.cellStart(0), row.cellEndOf(0))).isEqualTo("7");
        assertThat(slice(row, row.cellStart(3), row.cellEndOf(3))).isEqualTo("null");
        assertThat(row.written()).isEqualTo(1);
        assertThat(row.writtenOrdinal(0)).isEqualTo(3);

        byte[] next = "{\"op\":\"d\",\"t\":1,\"pk\":\"0000000000000001\",\"row\":[7]}".getBytes(StandardCharsets.UTF_8);
        row.head(next, 0, next.length).cells();
        assertThat(row.complete()).isTrue();
        assertThat(row.written()).isZero();

        assertThatThrownBy(() -> row("{\"op\":\"d\",\"t\":1,\"pk\":null,\"has\":[0],\"row\":[]}")
                        .cells())
                .isInstanceOf(MalformedMessage.class);
    }

    @Test
    void forgetsTheRowBefore() {
        RowLine row = row("{\"op\":\"u\",\"t\":1,\"pk\":\"0000000000000001\",\"was\":\"0000000000000002\","
                + "\"uk\":[null],\"ukwas\":[null],\"chg\":[0],\"old\":[1],\"row\":[1,2]}");
        row.cells();
        byte[] next = "{\"op\":\"r\",\"t\":1,\"pk\":\"0000000000000001\",\"row\":[7]}".getBytes(StandardCharsets.UTF_8);
        row.head(next, 0, next.length).cells();
        assertThat(row.op()).isEqualTo(RowOp.SNAPSHOT);
        assertThat(row.keyChanged()).isFalse();
        assertThat(row.size()).isEqualTo(1);
        assertThat(row.changes()).isZero();
        assertThat(row.uniqueEnd()).isEqualTo(row.uniqueStart());
        assertThat(row.oldUniqueEnd()).isEqualTo(row.oldUniqueStart());
    }

    @Test
    void refusesWhatIsNoRow() {
        assertThatThrownBy(() -> row("{\"op\":\"x\",\"t\":0,\"pk\":null,\"row\":[]}"))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("'x'");
        assertThatThrownBy(() -> row("{\"op\":\"c\",\"t\":0,\"pk\":null}").cells())
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("without cells");
    }

    private static RowLine row(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new RowLine().head(bytes, 0, bytes.length);
    }

    private static String slice(RowLine row, int from, int to) {
        return new String(row.body(), from, to - from, StandardCharsets.UTF_8);
    }
}
