package dev.sluice.dispatch.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.message.LineKind;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.MalformedMessage;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLine;
import dev.sluice.dispatch.routing.RouteTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionBatchesTest {
    private static final String TRANSACTION = "{\"tx\":{\"file\":\"f\",\"offset\":1,\"time\":1,\"seq\":0}}\n";
    private static final String ROW = "{\"op\":\"c\",\"t\":%d,\"pk\":\"%016x\",\"row\":[\"%s\"]}\n";

    private record Sent(int partition, MessageHeader header, String body) {}

    private final List<Sent> sent = new ArrayList<>();
    private final TableDecisions tables = new TableDecisions(
            new RouteTable(List.of(new Mapping("shop", "t*", null, null, ColumnRules.ALL, null))), 2);
    private final PartitionBatches batches = new PartitionBatches(
            (partition, header, body) ->
                    sent.add(new Sent(partition, header, new String(body, StandardCharsets.UTF_8))),
            3,
            List.of(100L, 200L));
    private long seq;

    @Test
    void numbersEachPartitionOnItsOwn() throws Exception {
        dispatch(TRANSACTION + table(1, "t1") + row(1, 0, "a") + row(1, 1, "b") + row(1, 2, "c"));
        batches.flush();
        assertThat(sent).extracting(Sent::partition).containsExactly(0, 1);
        assertThat(sent.get(0).header).isEqualTo(new MessageHeader(MessageHeader.Kind.ROWS, 3, 101, 2, 0, 3));
        assertThat(sent.get(1).header).isEqualTo(new MessageHeader(MessageHeader.Kind.ROWS, 3, 201, 1, 0, 2));
        assertThat(batches.lastSeqs()).containsExactly(102L, 201L);
        batches.flush();
        assertThat(sent).hasSize(2);
    }

    @Test
    void whatComesAgainIsInNoMessageWithWhatDoesNot() throws Exception {
        batches.again(true);
        dispatch(TRANSACTION + table(1, "t1") + row(1, 0, "a") + row(1, 2, "b"));
        batches.again(false);
        dispatch(TRANSACTION + table(1, "t1") + row(1, 0, "c"));
        batches.flush();
        assertThat(sent).extracting(each -> each.header.again()).containsExactly(true, false);
        assertThat(sent).extracting(each -> each.header.seq()).containsExactly(101L, 103L);
    }

    @Test
    void everyMessageHasItsTransactionAndTableLinesOnce() throws Exception {
        dispatch(TRANSACTION + table(1, "t1") + row(1, 0, "a") + row(1, 2, "b") + table(2, "t2") + row(2, 0, "c"));
        batches.flush();
        dispatch(TRANSACTION + table(1, "t1") + row(1, 0, "d"));
        batches.flush();
        assertThat(kinds(sent.get(0).body))
                .containsExactly(
                        LineKind.TRANSACTION, LineKind.TABLE, LineKind.ROW, LineKind.ROW, LineKind.TABLE, LineKind.ROW);
        assertThat(kinds(sent.get(1).body)).containsExactly(LineKind.TRANSACTION, LineKind.TABLE, LineKind.ROW);
        assertThat(sent.get(0).body).contains(row(1, 0, "a"));
    }

    @Test
    void tablesThatShareANumberInTwoMessagesGetTwo() throws Exception {
        dispatch(TRANSACTION + table(12, "t1") + row(12, 0, "a"));
        dispatch(TRANSACTION + table(12, "t2") + row(12, 0, "b"));
        dispatch(TRANSACTION + table(12, "t1") + row(12, 0, "c"));
        batches.flush();
        String body = sent.get(0).body;
        assertThat(body)
                .contains(row(12, 0, "a"))
                .contains(row(1_000_000, 0, "b"))
                .contains(row(12, 0, "c"))
                .containsOnlyOnce("{\"table\":12,")
                .containsOnlyOnce("{\"table\":1000000,");
    }

    @Test
    void messagesAreClosedAtTheirSizeAndALargeRowGoesAlone() throws Exception {
        String small = row(1, 0, "s".repeat(20_000));
        String large = row(1, 0, "l".repeat(300_000));
        dispatch(TRANSACTION + table(1, "t1") + small + small + small + small + large + small);
        batches.flush();
        assertThat(sent).extracting(message -> message.header.entries()).containsExactly(3, 1, 1, 1);
        assertThat(sent.get(2).body).contains(large);
        assertThat(sent).extracting(message -> message.header.seq()).containsExactly(101L, 104L, 105L, 106L);
    }

    @Test
    void tablesThatNoMappingTakesAreLeftOut() {
        byte[] body = (table(9, "other") + row(9, 0, "a")).getBytes(StandardCharsets.UTF_8);
        LineScanner lines = new LineScanner().over(body);
        tables.startMessage(body);
        lines.next();
        tables.table(lines.from(), lines.to());
        assertThat(tables.of(9).leftOut()).isTrue();
    }

    @Test
    void tableLinesHoldForOneMessageOnly() throws Exception {
        dispatch(TRANSACTION + table(1, "t1") + row(1, 0, "a"));
        assertThatThrownBy(() -> dispatch(TRANSACTION + row(1, 0, "a")))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("table number 1 without its table line");
        assertThatThrownBy(() -> dispatch(TRANSACTION + row(5_000, 0, "a"))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void changedColumnsOfATableAreANewDecision() throws Exception {
        dispatch(TRANSACTION + table(1, "t1") + row(1, 0, "a"));
        dispatch(TRANSACTION + table(1, "t1").replace("\"int\"", "\"bigint\"") + row(1, 0, "b"));
        batches.flush();
        assertThat(sent.get(0).body).contains("\"int\"").contains("\"bigint\"").contains(row(1_000_000, 0, "b"));
    }

    @Test
    void everyPartOfARowGetsTheConstantsOfItsMapping() throws Exception {
        Mapping merged = new Mapping("shop", "t*", null, "t", ColumnRules.ALL, null)
                .withSet(List.of(new SetColumn("shard", "{table}", true)));
        dispatch(
                TRANSACTION + table(1, "t1") + row(1, 0, "a")
                        + "{\"op\":\"u\",\"t\":1,\"pk\":\"0000000000000001\",\"was\":\"0000000000000000\","
                        + "\"chg\":[0],\"old\":[\"a\"],\"row\":[\"b\"]}\n" + table(2, "t2") + row(2, 1, "b"),
                new TableDecisions(new RouteTable(List.of(merged)), 2));
        batches.flush();
        assertThat(sent.get(0).body)
                .contains("\"key\":[0,1]")
                .contains("\"row\":[\"a\",\"t1\"]}\n{\"op\":\"d\"")
                .endsWith("\"row\":[\"a\",\"t1\"]}\n");
        assertThat(sent.get(1).body)
                .contains("{\"op\":\"c\",\"t\":1,\"pk\":\"0000000000000001\",\"row\":[\"b\",\"t1\"]}\n")
                .contains("{\"op\":\"c\",\"t\":2,\"pk\":\"0000000000000001\",\"row\":[\"b\",\"t2\"]}\n");
    }

    private void dispatch(String body) throws Exception {
        dispatch(body, tables);
    }

    private void dispatch(String body, TableDecisions tables) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        LineScanner lines = new LineScanner().over(bytes);
        TransactionCut transaction = new TransactionCut();
        RowLine row = new RowLine();
        tables.startMessage(bytes);
        while (lines.next()) {
            switch (lines.kind()) {
                case TRANSACTION -> transaction.at(bytes, lines.from(), lines.to());
                case TABLE -> tables.table(lines.from(), lines.to());
                default -> {
                    row.head(lines);
                    batches.add(transaction, tables.of(row.table()), row, ++seq);
                }
            }
        }
    }

    private static List<LineKind> kinds(String body) {
        LineScanner lines = new LineScanner().over(body.getBytes(StandardCharsets.UTF_8));
        List<LineKind> kinds = new ArrayList<>();
        while (lines.next()) {
            kinds.add(lines.kind());
        }
        return kinds;
    }

    private static String table(int number, String name) {
        return "{\"table\":" + number + ",\"schema\":\"shop\",\"name\":\"" + name
                + "\",\"columns\":[{\"name\":\"id\",\"type\":\"int\"}],\"key\":[0],\"unique\":[]}\n";
    }

    private static String row(int table, long key, String cell) {
        return String.format(ROW, table, key, cell);
    }
}
