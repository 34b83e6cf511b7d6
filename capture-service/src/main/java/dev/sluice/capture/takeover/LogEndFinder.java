package dev.sluice.capture.takeover;

import dev.sluice.binlog.ExecutedGtids;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamTail;
import dev.sluice.change.message.LineKind;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.TransactionLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds the last records of a source log into its end. Only records of the highest epoch count. All that the last of
 * them calls confirmed is there without a gap; what follows counts as long as its numbers go on.
 */
final class LogEndFinder {
    private final List<Seen> seen = new ArrayList<>();
    private final LineScanner lines = new LineScanner();
    private long epoch;

    /** Takes the next record; of its body only the place in the binlog is kept. */
    void accept(StreamRecord record) {
        MessageHeader header = MessageHeader.of(record.type(), record.headers());
        if (header.kind() == MessageHeader.Kind.PROBE || header.epoch() < epoch) {
            return;
        }
        if (header.epoch() > epoch) {
            epoch = header.epoch();
            seen.clear();
        }
        seen.add(seen(header, record.body()));
    }

    /**
     * The end of the log.
     *
     * @param reach how far back the records taken go
     * @return empty if records from farther back are needed
     * @throws BrokenLog if what is needed was removed by retention
     */
    Optional<LogEnd> end(StreamTail.Reach reach) {
        if (seen.isEmpty()) {
            return switch (reach) {
                case BEGINNING -> Optional.of(LogEnd.EMPTY);
                case PART -> Optional.empty();
                case FIRST_KEPT ->
                    throw new BrokenLog("retention has removed every record of the source log, so where it"
                            + " ended is not known: delete its stream, raise logMaxBytes, set capture.start to the FILE or"
                            + " GTID position to begin at, and snapshot anew what the pipelines have missed");
            };
        }
        long confirmed = seen.get(seen.size() - 1).header.confirmed();
        Seen last = null;
        List<SnapshotLine> snapshots = List.of();
        for (Seen next : seen) {
            if (last == null ? next.first() <= confirmed + 1 : next.continues(last)) {
                last = next;
                snapshots = next.snapshots.isEmpty() ? snapshots : next.snapshots;
            }
        }
        if (last == null) {
            if (reach.complete()) {
                throw new BrokenLog("the source log has lost entries after " + confirmed
                        + " by retention before they were ever confirmed; raise logMaxBytes, and snapshot anew");
            }
            return Optional.empty();
        }
        return Optional.of(new LogEnd(
                epoch,
                last.after(),
                last.resume(),
                last.header.filter(),
                snapshots,
                last.header.repeats(),
                last.header.reset()));
    }

    private Seen seen(MessageHeader header, byte[] body) {
        lines.over(body);
        byte[] first = null;
        byte[] last = null;
        List<SnapshotLine> snapshots = new ArrayList<>();
        List<String> gtids = new ArrayList<>();
        while (lines.next()) {
            LineKind kind = lines.kind();
            if (kind == LineKind.TRANSACTION || kind == LineKind.CLAIM || kind == LineKind.POSITION) {
                if (last != null && kind == LineKind.TRANSACTION) {
                    String before = Lines.transaction(last, 0, last.length).gtid();
                    gtids.addAll(before == null ? List.of() : List.of(before));
                }
                last = Arrays.copyOfRange(body, lines.from(), lines.to());
                first = first == null ? last : first;
            } else if (kind == LineKind.SNAPSHOT) {
                snapshots.add(Lines.snapshot(body, lines.from(), lines.to()));
            }
        }
        return new Seen(header, first, last, gtids, snapshots);
    }

    /**
     * What is kept of a record.
     *
     * @param gtids of the transactions in front of its last
     */
    private record Seen(
            MessageHeader header,
            byte @Nullable [] firstPlace,
            byte @Nullable [] lastPlace,
            List<String> gtids,
            List<SnapshotLine> snapshots) {
        long first() {
            return header.seq();
        }

        long after() {
            return header.kind() == MessageHeader.Kind.CLAIM ? header.seq() : header.lastSeq();
        }

        boolean continues(Seen before) {
            return first() <= before.after() + 1 && after() >= before.after();
        }

        TransactionLine resume() {
            TransactionLine first = parse(firstPlace);
            TransactionLine last = parse(lastPlace);
            if (last.snapshot() != null) {
                // copied rows are not in the binlog: it goes on behind them, whether all of them are here or not
                return new TransactionLine(
                        null,
                        last.file(),
                        last.offset(),
                        last.time(),
                        after(),
                        null,
                        executed(first.executed()),
                        first.server());
            }
            // only a message's first transaction line names the server and what was executed before
            return new TransactionLine(
                    last.gtid(),
                    last.file(),
                    last.offset(),
                    last.time(),
                    last.seq(),
                    last.origin(),
                    executed(first.executed()),
                    first.server());
        }

        private @Nullable String executed(@Nullable String before) {
            if (before == null || gtids.isEmpty()) {
                return before;
            }
            boolean mariaDb = gtids.get(0).indexOf(':') < 0;
            ExecutedGtids executed = ExecutedGtids.parse(before, mariaDb);
            gtids.forEach(executed::add);
            return executed.text();
        }

        private TransactionLine parse(byte @Nullable [] line) {
            if (line == null) {
                throw new BrokenLog("the source log's message with entry " + first() + " names no place in the binlog");
            }
            if (header.kind() == MessageHeader.Kind.CLAIM) {
                return Lines.claim(line, 0, line.length).resume();
            }
            return header.entries() == 0
                    ? Lines.position(line, 0, line.length)
                    : Lines.transaction(line, 0, line.length);
        }
    }
}
