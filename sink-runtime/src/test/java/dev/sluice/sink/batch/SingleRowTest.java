package dev.sluice.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.change.message.MessageHeader;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SingleRowTest {
    private static final Partition PARTITION = new Partition("p", 0);
    private static final Watermark AT = new Watermark(2, 17);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HEAD =
            "{\"tx\":{\"file\":\"b.1\",\"offset\":4,\"time\":7,\"seq\":16,\"origin\":\"there\"}}\n"
                    + "{\"table\":5,\"schema\":\"s\",\"name\":\"t\",\"columns\":[{\"name\":\"id\",\"type\":\"int\"},"
                    + "{\"name\":\"v\",\"type\":\"varchar\"},{\"name\":\"w\",\"type\":\"bigint\"}],\"key\":[0],"
                    + "\"unique\":[],\"target\":{\"schema\":\"x\",\"name\":\"y\"}}\n";
    private static final String OTHER = "{\"op\":\"d\",\"t\":5,\"pk\":\"0000000000000000\",\"row\":[1,null,2]}\n";

    @Test
    void isTheSameRowWhenReadBack() {
        Row row = row("{\"op\":\"u\",\"t\":5,\"pk\":\"9f3c2a17d0b4e655\",\"chg\":[1],\"old\":[\"a\"],"
                + "\"row\":[1001,\"b,\\\"]\",18446744073709551615]}");
        Row again = SingleRow.read(PARTITION, AT, SingleRow.body(row));
        assertThat(again.at()).isEqualTo(AT);
        assertThat(again.transaction()).isEqualTo(row.transaction());
        assertThat(again.table()).isEqualTo(row.table());
        assertThat(cells(again, true)).isEqualTo("1001 \"a\" 18446744073709551615");
        assertThat(cells(again, false)).isEqualTo("1001 \"b,\\\"]\" 18446744073709551615");
    }

    @Test
    void comesAgainWhenReadBackIfItDid() {
        String line = "{\"op\":\"c\",\"t\":5,\"pk\":\"9f3c2a17d0b4e655\",\"row\":[1001,\"b\",7]}";
        for (boolean comesAgain : new boolean[] {true, false}) {
            Row row = row(line, comesAgain);
            Row read = SingleRow.read(PARTITION, AT, SingleRow.body(row));
            assertThat(read.again()).isEqualTo(comesAgain);
            assertThat(cells(read, false)).isEqualTo("1001 \"b\" 7");
            assertThat(edited(row, "{\"w\":8}").again()).isEqualTo(comesAgain);
        }
    }

    @Test
    void anEditedUpdateKeepsWhatWasBefore() {
        Row row = row("{\"op\":\"u\",\"t\":5,\"pk\":\"9f3c2a17d0b4e655\",\"chg\":[1],\"old\":[\"a\"],"
                + "\"row\":[1001,\"b\",7]}");
        Row edited = edited(row, "{\"id\":1002,\"v\":\"c\"}");
        assertThat(cells(edited, true)).isEqualTo("1001 \"a\" 7");
        assertThat(cells(edited, false)).isEqualTo("1002 \"c\" 7");
    }

    @Test
    void anEditedPartKeepsWhatIsNotTold() {
        Row row =
                row("{\"op\":\"u\",\"t\":5,\"pk\":\"9f3c2a17d0b4e655\",\"chg\":[],\"old\":[],\"set\":[1],\"has\":[0,1],"
                        + "\"row\":[1001,\"b\"]}");
        Row edited = edited(row, "{\"v\":null}");
        assertThat(edited.complete()).isFalse();
        assertThat(edited.written(1)).isTrue();
        assertThat(cells(edited, false)).isEqualTo("1001 null -");
        Row more = edited(row, "{\"w\":3}");
        assertThat(more.complete()).isTrue();
        assertThat(more.written(2)).isTrue();
        assertThat(cells(more, true)).isEqualTo("1001 - -");
        assertThat(cells(more, false)).isEqualTo("1001 \"b\" 3");
    }

    @Test
    void anEditedInsertIsAnInsert() {
        Row row = row("{\"op\":\"c\",\"t\":5,\"pk\":\"9f3c2a17d0b4e655\",\"row\":[1001,\"b\",7]}");
        assertThat(cells(edited(row, "{\"w\":-1}"), false)).isEqualTo("1001 \"b\" -1");
    }

    @Test
    void whatIsNoCellOrColumnIsRefused() {
        Row row = row("{\"op\":\"c\",\"t\":5,\"pk\":\"9f3c2a17d0b4e655\",\"row\":[1001,\"b\",7]}");
        for (String cells : new String[] {"{\"nowhere\":1}", "{\"v\":[1]}", "{\"v\":{}}", "{\"v\":true}"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> edited(row, cells));
        }
        Row delete = row("{\"op\":\"d\",\"t\":5,\"pk\":\"9f3c2a17d0b4e655\",\"row\":[1001,\"b\",7]}");
        assertThatIllegalArgumentException().isThrownBy(() -> edited(delete, "{\"v\":\"x\"}"));
    }

    private static Row row(String line) {
        return row(line, false);
    }

    private static Row row(String line, boolean comesAgain) {
        byte[] body = (HEAD + OTHER + line + "\n").getBytes(StandardCharsets.UTF_8);
        BatchAssembler assembler = new BatchAssembler(PARTITION, "here").start(new Watermark(2, 15));
        assembler.add(
                new Message(
                        new MessageHeader(MessageHeader.Kind.ROWS, 2, 16, 2, 0, 0, null, 0, false, comesAgain), body),
                0);
        return assembler.finish().get(0).rows().get(1);
    }

    private static Row edited(Row row, String cells) {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        JSON.readTree(cells).properties().forEach(cell -> given.put(cell.getKey(), cell.getValue()));
        return SingleRow.read(PARTITION, AT, SingleRow.edited(row, given));
    }

    private static String cells(Row row, boolean before) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            text.append(i == 0 ? "" : " ").append(cell(row, i, before));
        }
        return text.toString();
    }

    private static @Nullable String cell(Row row, int i, boolean before) {
        if (before ? !row.presentBefore(i) : !row.present(i)) {
            return "-";
        }
        int from = before ? row.startBefore(i) : row.start(i);
        int to = before ? row.endBefore(i) : row.end(i);
        return new String(row.bytes(), from, to - from, StandardCharsets.UTF_8);
    }
}
