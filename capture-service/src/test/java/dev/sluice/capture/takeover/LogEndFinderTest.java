package dev.sluice.capture.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamTail.Reach;
import dev.sluice.change.message.Claim;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.TransactionLine;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogEndFinderTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    private final LogEndFinder finder = new LogEndFinder();
    private long offset;

    @Test
    void anEmptyLogEndsBeforeItsFirstEntry() {
        assertThat(finder.end(Reach.BEGINNING)).contains(LogEnd.EMPTY);
        assertThat(finder.end(Reach.PART)).isEmpty();
    }

    @Test
    void aLogThatRetentionEmptiedIsNotTakenForANewOne() {
        assertThatThrownBy(() -> finder.end(Reach.FIRST_KEPT))
                .isInstanceOf(BrokenLog.class)
                .hasMessageContaining("removed every record")
                .hasMessageContaining("capture.start");
    }

    @Test
    void aClaimAloneSaysWhereToResume() {
        claim(3, 100, 7);
        assertThat(finder.end(Reach.PART)).contains(new LogEnd(3, 100, place(7, "server"), null));
    }

    @Test
    void theEndIsTheLastOfTheContiguousRecords() {
        rows(1, 1, 10, 0, 100);
        rows(1, 11, 5, 10, 200);
        rows(1, 16, 1, 10, 300);
        assertThat(finder.end(Reach.BEGINNING)).contains(new LogEnd(1, 16, place(300, "server"), null));
    }

    @Test
    void aGapEndsTheLogWhereItBegins() {
        rows(1, 1, 10, 0, 100);
        rows(1, 21, 5, 10, 300);
        rows(1, 26, 5, 10, 400);
        assertThat(finder.end(Reach.BEGINNING)).contains(new LogEnd(1, 10, place(100, "server"), null));
    }

    @Test
    void whatIsConfirmedNeedNotBeLookedAt() {
        rows(4, 5_000, 10, 4_999, 100);
        rows(4, 5_010, 10, 5_009, 200);
        assertThat(finder.end(Reach.PART)).contains(new LogEnd(4, 5_019, place(200, "server"), null));
    }

    @Test
    void moreMustBeReadIfTheConfirmedEndIsNotAmongTheRecords() {
        rows(4, 5_000, 10, 3_000, 100);
        rows(4, 5_010, 10, 3_000, 200);
        assertThat(finder.end(Reach.PART)).isEmpty();
        assertThatThrownBy(() -> finder.end(Reach.BEGINNING))
                .isInstanceOf(BrokenLog.class)
                .hasMessageContaining("3000");
    }

    @Test
    void onlyTheHighestEpochCounts() {
        rows(1, 1, 10, 0, 100);
        rows(1, 11, 10, 0, 200);
        claim(2, 10, 100);
        rows(1, 21, 10, 0, 300);
        rows(2, 11, 3, 10, 210);
        rows(1, 31, 10, 0, 400);
        assertThat(finder.end(Reach.BEGINNING)).contains(new LogEnd(2, 13, place(210, "server"), null));
    }

    @Test
    void recordsThatCameTwiceCountOnce() {
        rows(1, 1, 5, 0, 100);
        rows(1, 6, 5, 0, 200);
        rows(1, 1, 5, 0, 100);
        rows(1, 6, 5, 0, 200);
        rows(1, 11, 5, 0, 300);
        assertThat(finder.end(Reach.BEGINNING)).contains(new LogEnd(1, 15, place(300, "server"), null));
    }

    @Test
    void aPositionWithoutEntriesMovesThePlaceOnly() {
        rows(1, 1, 5, 0, 100);
        LineBuffer body = new LineBuffer(100);
        Lines.writePosition(body, place(900, "server"));
        record(new MessageHeader(MessageHeader.Kind.ROWS, 1, 6, 0, 5, 0), body);
        assertThat(finder.end(Reach.BEGINNING)).contains(new LogEnd(1, 5, place(900, "server"), null));
    }

    @Test
    void theFilterIsThatOfTheLastMessageWithoutAGapBeforeIt() {
        rows(1, 1, 5, 0, 100);
        LineBuffer body = new LineBuffer(100);
        Lines.write(body, place(200, "server"));
        record(new MessageHeader(MessageHeader.Kind.ROWS, 1, 6, 2, 5, 0, "filter", 0), body);
        assertThat(finder.end(Reach.BEGINNING)).contains(new LogEnd(1, 7, place(200, "server"), "filter"));
        rows(1, 9, 1, 5, 300);
        assertThat(finder.end(Reach.BEGINNING)).contains(new LogEnd(1, 7, place(200, "server"), "filter"));
    }

    @Test
    void whetherTheLogRepeatsIsForItsLastMessageToSay() {
        for (String repeats : new String[] {"9 400 bin.1", null}) {
            LineBuffer body = new LineBuffer(100);
            Lines.write(body, place(200, "server"));
            long seq = repeats == null ? 3 : 1;
            record(MessageHeader.ofLog(MessageHeader.Kind.ROWS, 1, seq, 2, seq - 1, null, repeats, 1), body);
            assertThat(finder.end(Reach.BEGINNING)).map(LogEnd::repeats).isEqualTo(Optional.ofNullable(repeats));
        }
    }

    @Test
    void thePlaceIsTheLastTransactionOfTheMessageAndTheServerThatOfItsFirst() {
        LineBuffer body = new LineBuffer(100);
        Lines.write(body, place(100, "server"));
        Lines.writeCommit(body, 1);
        Lines.write(body, place(200, null));
        record(new MessageHeader(MessageHeader.Kind.ROWS, 1, 1, 2, 0, 0), body);
        assertThat(finder.end(Reach.BEGINNING)).contains(new LogEnd(1, 2, place(200, "server"), null));
    }

    @Test
    void whatWasExecutedIsWhatTheMessageSaidLastAndItsTransactionsFromThere() {
        LineBuffer body = new LineBuffer(100);
        Lines.write(body, transaction(2, UUID + ":1"));
        Lines.write(body, transaction(3, null));
        assertThat(executed(body)).isEqualTo(UUID + ":1-2");
        Lines.write(body, transaction(6, UUID + ":1-5"));
        assertThat(executed(body)).isEqualTo(UUID + ":1-5");
        Lines.write(body, transaction(7, null));
        Lines.write(body, transaction(8, null));
        assertThat(executed(body)).isEqualTo(UUID + ":1-7");
    }

    private static TransactionLine transaction(long number, String executed) {
        return new TransactionLine(UUID + ":" + number, "bin.1", number * 100, 5, number, null, executed, null);
    }

    private static String executed(LineBuffer body) {
        LogEndFinder finder = new LogEndFinder();
        MessageHeader header = new MessageHeader(MessageHeader.Kind.ROWS, 1, 1, 9, 0, 0);
        finder.accept(new StreamRecord(0, header.kind().type(), header.toHeaders(), body.toByteArray()));
        return Objects.requireNonNull(finder.end(Reach.BEGINNING).orElseThrow().resume())
                .executed();
    }

    @Test
    void copiedRowsAreNotInTheBinlogAndItGoesOnBehindThem() {
        rows(1, 1, 5, 0, 100);
        LineBuffer body = new LineBuffer(100);
        TransactionLine copied =
                new TransactionLine(null, "bin.1", 200, 5, 5, null, null, "server", List.of("p"), "load");
        Lines.write(body, copied);
        record(new MessageHeader(MessageHeader.Kind.ROWS, 1, 6, 20, 0, 0), body);
        assertThat(finder.end(Reach.BEGINNING))
                .contains(
                        new LogEnd(1, 25, new TransactionLine(null, "bin.1", 200, 5, 25, null, null, "server"), null));
    }

    @Test
    void theStatesOfSnapshotsAreTheLastOnes() {
        SnapshotLine first = state(1);
        SnapshotLine second = state(2);
        claim(2, 0, 100, first);
        assertThat(finder.end(Reach.BEGINNING).orElseThrow().snapshots()).containsExactly(first);
        rows(2, 1, 5, 0, 100, second);
        rows(2, 6, 5, 0, 100);
        rows(2, 99, 5, 0, 100, first);
        assertThat(finder.end(Reach.BEGINNING).orElseThrow().snapshots()).containsExactly(second);
    }

    private static SnapshotLine state(long chunks) {
        return new SnapshotLine(
                "load",
                Instant.EPOCH,
                SnapshotLine.Phase.RUNNING,
                0,
                "s",
                "t",
                List.of("7"),
                false,
                0,
                chunks,
                9,
                9,
                List.of(),
                List.of(),
                List.of());
    }

    private void claim(long epoch, long after, long place, SnapshotLine... snapshots) {
        LineBuffer body = new LineBuffer(100);
        Lines.write(body, new Claim(epoch, after, "test", 0, place(place, "server")));
        List.of(snapshots).forEach(line -> Lines.write(body, line));
        record(new MessageHeader(MessageHeader.Kind.CLAIM, epoch, after, 0, after, 0), body);
    }

    private void rows(long epoch, long seq, int entries, long confirmed, long place, SnapshotLine... snapshots) {
        LineBuffer body = new LineBuffer(100);
        Lines.write(body, place(place, "server"));
        List.of(snapshots).forEach(line -> Lines.write(body, line));
        record(new MessageHeader(MessageHeader.Kind.ROWS, epoch, seq, entries, confirmed, 0), body);
    }

    private void record(MessageHeader header, LineBuffer body) {
        finder.accept(new StreamRecord(offset++, header.kind().type(), header.toHeaders(), body.toByteArray()));
    }

    private static TransactionLine place(long offset, String server) {
        return new TransactionLine("gtid:" + offset, "bin.1", offset, 5, 0, null, null, server);
    }
}
