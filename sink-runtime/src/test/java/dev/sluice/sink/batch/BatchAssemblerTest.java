package dev.sluice.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MalformedMessage;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchAssemblerTest {
    private static final TableLine TABLE = new TableLine(
            3,
            "s",
            "t",
            List.of(new Column("id", "int"), new Column("v", "varchar(10)")),
            List.of(0),
            List.of(),
            null,
            null);

    private final BatchAssembler assembler = new BatchAssembler(new Partition("p", 0), "here");
    private final LineBuffer body = new LineBuffer(64);
    private int entries;

    @Test
    void makesOneBatchOfManyMessages() {
        transaction(null).table().row(RowOp.INSERT, "1,\"a\"").row(RowOp.INSERT, "2,null");
        assembler.start(new Watermark(1, 4));
        assembler.add(message(5), 0);
        transaction(null).table().row(RowOp.DELETE, "1,\"a\"");
        assembler.add(message(7), 0);

        List<RowBatch> batches = assembler.finish();

        assertThat(batches).hasSize(1);
        RowBatch batch = batches.get(0);
        assertThat(batch.before()).isEqualTo(new Watermark(1, 4));
        assertThat(batch.after()).isEqualTo(new Watermark(1, 7));
        assertThat(batch.origin()).isEqualTo("here");
        assertThat(batch.rows()).extracting(row -> row.text(0) + row.text(1)).containsExactly("1a", "2null", "1a");
        assertThat(batch.rows()).extracting(Row::seq).containsExactly(5L, 6L, 7L);
        assertThat(batch.rows().get(2).table()).isSameAs(batch.rows().get(0).table());
    }

    @Test
    void leavesOutEntriesThatTheTargetHas() {
        transaction(null).table().row(RowOp.INSERT, "1,\"a\"").row(RowOp.INSERT, "2,\"b\"");
        assembler.start(new Watermark(1, 5));
        assembler.add(message(5), 1);

        assertThat(assembler.finish().get(0).rows())
                .extracting(row -> row.text(0))
                .containsExactly("2");
    }

    @Test
    void separatesRowsOfDifferentOrigins() {
        transaction(null).table().row(RowOp.INSERT, "1,\"a\"");
        transaction("there").row(RowOp.INSERT, "2,\"b\"").row(RowOp.INSERT, "3,\"c\"");
        transaction("here").row(RowOp.INSERT, "4,\"d\"");
        assembler.start(Watermark.NONE);
        assembler.add(message(1), 0);

        assertThat(assembler.finish())
                .extracting(batch -> batch.origin() + " " + batch.before().seq() + "-"
                        + batch.after().seq())
                .containsExactly("here 0-1", "there 1-3", "here 3-4");
    }

    @Test
    void knowsWhatAnUpdateChanged() {
        transaction(null).table();
        entries++;
        RowLineWriter writer = new RowLineWriter(body).keyed(RowOp.UPDATE, 3, 9);
        writer.changed().number(1);
        writer.old().put("\"old\"".getBytes(StandardCharsets.UTF_8));
        byte[] cells = "1,\"new\"".getBytes(StandardCharsets.UTF_8);
        writer.endOld().row(cells, 0, cells.length);
        assembler.start(Watermark.NONE);
        assembler.add(message(1), 0);

        Row row = assembler.finish().get(0).rows().get(0);
        assertThat(row.text(1)).isEqualTo("new");
        assertThat(new String(
                        row.bytes(), row.startBefore(1), row.endBefore(1) - row.startBefore(1), StandardCharsets.UTF_8))
                .isEqualTo("\"old\"");
        assertThat(row.startBefore(0)).isEqualTo(row.start(0));
    }

    @Test
    void refusesAMessageThatDoesNotHoldWhatItsHeaderSays() {
        transaction(null).table().row(RowOp.INSERT, "1,\"a\"");
        entries = 2;
        assembler.start(Watermark.NONE);

        assertThatThrownBy(() -> assembler.add(message(1), 0))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("says it has 2 entries but has 1");
    }

    @Test
    void refusesARowThatComesBeforeItsTable() {
        transaction(null).row(RowOp.INSERT, "1,\"a\"");
        assembler.start(Watermark.NONE);

        assertThatThrownBy(() -> assembler.add(message(1), 0)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void keepsTheRowsOfATransactionThatHasNotEndedApart() {
        transaction(null).table().row(RowOp.INSERT, "1,\"a\"").end();
        transaction(null).row(RowOp.INSERT, "2,\"b\"");
        assembler.start(Watermark.NONE);
        assembler.add(whole(1), 0);
        transaction(null).table().row(RowOp.INSERT, "3,\"c\"");
        assembler.add(whole(4), 0);

        assertThat(assembler.inTransaction()).isTrue();
        assertThat(assembler.hasWhole()).isTrue();
        assertThat(assembler.finish())
                .extracting(batch -> batch.before().seq() + "-" + batch.after().seq() + " " + batch.more())
                .containsExactly("0-2 false");
        RowBatch part = assembler.part();
        assertThat(part.before().seq() + "-" + part.after().seq() + " " + part.more())
                .isEqualTo("2-4 true");
        assertThat(part.rows()).extracting(row -> row.text(0)).containsExactly("2", "3");
    }

    @Test
    void endsATransactionWhosePartTheTargetHas() {
        transaction(null).table().row(RowOp.INSERT, "1,\"a\"").end();
        assembler.start(new Watermark(1, 1));
        assembler.add(whole(1), 1);

        assertThat(assembler.inTransaction()).isFalse();
        assertThat(assembler.finish())
                .extracting(batch -> batch.before().seq() + "-" + batch.after().seq() + " "
                        + batch.rows().size())
                .containsExactly("1-2 0");
    }

    @Test
    void refusesARowWithTooFewCells() {
        transaction(null).table().row(RowOp.INSERT, "1");
        assembler.start(Watermark.NONE);

        assertThatThrownBy(() -> assembler.add(message(1), 0)).hasMessageContaining("has 1 cells, its table 2 columns");
    }

    private BatchAssemblerTest transaction(@Nullable String origin) {
        Lines.write(body, new TransactionLine(null, "f", 4, 1_000_000, 0, origin, null, null));
        return this;
    }

    private BatchAssemblerTest table() {
        Lines.write(body, TABLE);
        return this;
    }

    private BatchAssemblerTest row(RowOp op, String cells) {
        entries++;
        byte[] bytes = cells.getBytes(StandardCharsets.UTF_8);
        new RowLineWriter(body).keyed(op, 3, 9).row(bytes, 0, bytes.length);
        return this;
    }

    private BatchAssemblerTest end() {
        entries++;
        Lines.writeCommit(body, 1);
        return this;
    }

    private Message message(long seq) {
        return message(seq, false);
    }

    private Message whole(long seq) {
        return message(seq, true);
    }

    private Message message(long seq, boolean whole) {
        Message message = new Message(
                new MessageHeader(MessageHeader.Kind.ROWS, 1, seq, entries, 0, 0, null, 0, whole, false),
                body.toByteArray());
        body.clear();
        entries = 0;
        return message;
    }
}
