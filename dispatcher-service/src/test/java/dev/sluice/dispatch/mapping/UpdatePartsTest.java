package dev.sluice.dispatch.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowLine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UpdatePartsTest {
    private final UpdateParts parts = new UpdateParts();
    private String delete = "";
    private String insert = "";

    @Test
    void deletesTheOldRowAndInsertsTheNew() {
        split("{\"op\":\"u\",\"t\":3,\"pk\":\"00000000000000bb\",\"was\":\"00000000000000aa\","
                + "\"uk\":[\"0000000000000002\"],\"ukwas\":[\"0000000000000001\"],"
                + "\"chg\":[0,2],\"old\":[1,\"o,ld\"],\"row\":[2,null,\"new\"]}");
        assertThat(delete)
                .isEqualTo("{\"op\":\"d\",\"t\":70,\"pk\":\"00000000000000aa\",\"uk\":[\"0000000000000001\"],"
                        + "\"row\":[1,null,\"o,ld\"]}\n");
        assertThat(insert)
                .isEqualTo("{\"op\":\"c\",\"t\":70,\"pk\":\"00000000000000bb\",\"uk\":[\"0000000000000002\"],"
                        + "\"row\":[2,null,\"new\"]}\n");
    }

    @Test
    void uniqueKeyThatDidNotChangeIsTheSameOnBothSides() {
        split("{\"op\":\"u\",\"t\":3,\"pk\":\"00000000000000bb\",\"was\":\"00000000000000aa\","
                + "\"uk\":[null],\"chg\":[1],\"old\":[\"x\"],\"row\":[1,\"y\"]}");
        assertThat(delete)
                .isEqualTo("{\"op\":\"d\",\"t\":70,\"pk\":\"00000000000000aa\",\"uk\":[null],\"row\":[1,\"x\"]}\n");
        assertThat(insert).contains("\"uk\":[null],\"row\":[1,\"y\"]");
    }

    @Test
    void nothingOfTheRowBeforeIsLeft() {
        split("{\"op\":\"u\",\"t\":3,\"pk\":\"00000000000000bb\",\"was\":\"00000000000000aa\","
                + "\"uk\":[null],\"ukwas\":[null],\"chg\":[0,1],\"old\":[1,2],\"row\":[3,4]}");
        split("{\"op\":\"u\",\"t\":3,\"pk\":\"00000000000000bb\",\"was\":\"00000000000000aa\","
                + "\"chg\":[0],\"old\":[7],\"row\":[8]}");
        assertThat(delete).isEqualTo("{\"op\":\"d\",\"t\":70,\"pk\":\"00000000000000aa\",\"row\":[7]}\n");
        assertThat(insert).isEqualTo("{\"op\":\"c\",\"t\":70,\"pk\":\"00000000000000bb\",\"row\":[8]}\n");
    }

    @Test
    void theDeleteLeavesOutWhatTheUpdateDoesNotTell() {
        split("{\"op\":\"u\",\"t\":3,\"pk\":\"00000000000000bb\",\"was\":\"00000000000000aa\","
                + "\"chg\":[0],\"old\":[1],\"set\":[1],\"row\":[2,\"text\",3]}");
        assertThat(delete)
                .isEqualTo("{\"op\":\"d\",\"t\":70,\"pk\":\"00000000000000aa\",\"has\":[0,2],\"row\":[1,3]}\n");
        assertThat(insert).isEqualTo("{\"op\":\"c\",\"t\":70,\"pk\":\"00000000000000bb\",\"row\":[2,\"text\",3]}\n");
    }

    @Test
    void theDeleteOfARowToldOnlyInPartSaysWhichColumnsItTells() {
        assertThatThrownBy(() -> split("{\"op\":\"u\",\"t\":3,\"pk\":\"00000000000000bb\","
                        + "\"was\":\"00000000000000aa\",\"chg\":[0],\"old\":[1],\"has\":[0,2],\"row\":[2,3]}"))
                .isInstanceOf(MappingRefused.class);
        assertThat(delete)
                .isEqualTo("{\"op\":\"d\",\"t\":70,\"pk\":\"00000000000000aa\",\"has\":[0,2],\"row\":[1,3]}\n");
    }

    @Test
    void aRowToldOnlyInPartCannotBeInsertedElsewhere() {
        assertThatThrownBy(() -> split("{\"op\":\"u\",\"t\":3,\"pk\":\"00000000000000bb\","
                        + "\"was\":\"00000000000000aa\",\"chg\":[0],\"old\":[1],\"has\":[0,2],\"row\":[2,3]}"))
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("binlog_row_image=FULL");
    }

    @Test
    void aRowThatKeepsItsKeyOrHasNoneIsTakenApartToo() {
        split("{\"op\":\"u\",\"t\":3,\"pk\":\"00000000000000bb\",\"chg\":[1],\"old\":[1],\"row\":[5,2]}");
        assertThat(delete).isEqualTo("{\"op\":\"d\",\"t\":70,\"pk\":\"00000000000000bb\",\"row\":[5,1]}\n");
        assertThat(insert).isEqualTo("{\"op\":\"c\",\"t\":70,\"pk\":\"00000000000000bb\",\"row\":[5,2]}\n");
        split("{\"op\":\"u\",\"t\":3,\"pk\":null,\"chg\":[1],\"old\":[1],\"row\":[5,2]}");
        assertThat(delete).isEqualTo("{\"op\":\"d\",\"t\":70,\"pk\":null,\"row\":[5,1]}\n");
    }

    private void split(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        RowLine row = new RowLine().head(bytes, 0, bytes.length).cells();
        delete = text(parts.delete(row, 70));
        insert = text(parts.insert(row, 70));
    }

    private static String text(LineBuffer line) {
        return new String(line.array(), 0, line.length(), StandardCharsets.UTF_8);
    }
}
