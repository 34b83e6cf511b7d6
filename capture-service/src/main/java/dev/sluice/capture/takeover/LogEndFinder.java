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
        TransactionLine first = null;
        TransactionLine last = null;
        String executed = null;
        List<String> gtids = new ArrayList<>();
        List<SnapshotLine> snapshots = new ArrayList<>();
        while (lines.next()) {
            LineKind kind = lines.kind();
            if (kind == LineKind.TRANSACTION || kind == LineKind.CLAIM || kind == LineKind.POSITION) {
                TransactionLine next = place(kind, body);
                if (next.executed() != null) {
                    executed = next.executed();
                    gtids.clear();
                } else if (last != null && last.gtid() != null) {
                    gtids.add(last.gtid());
                }
                last = next;
                first = first == null ? next : first;
            } else if (kind == LineKind.SNAPSHOT) {
                snapshots.add(Lines.snapshot(body, lines.from(), lines.to()));
            }
        }
        return new Seen(header, first == null ? null : first.server(), last, executed, gtids, snapshots);
    }

    private TransactionLine place(LineKind kind, byte[] body) {
        return switch (kind) {
            case CLAIM -> Lines.claim(body, lines.from(), lines.to()).resume();
            case POSITION -> Lines.position(body, lines.from(), lines.to());
            default -> Lines.transaction(body, lines.from(), lines.to());
        };
    }

    /**
     * What is kept of a record.
     *
     * @param server that its places belong to; only a message's first line names it
     * @param executed what was executed before the last transaction line that says so
     * @param gtids of the transactions from that line on, in front of the last
     */
    private record Seen(
            MessageHeader header,
            @Nullable String server,
            @Nullable TransactionLine lastPlace,
            @Nullable String executed,
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
            TransactionLine last = lastPlace;
            if (last == null) {
                throw new BrokenLog("the source log's message with entry " + first() + " names no place in the binlog");
            }
            boolean copied = last.snapshot() != null;
            // copied rows are not in the binlog: it goes on behind them, whether all of them are here or not
            return new TransactionLine(
                    copied ? null : last.gtid(),
                    last.file(),
                    last.offset(),
                    last.time(),
                    copied ? after() : last.seq(),
                    copied ? null : last.origin(),
                    executedBeforeLast(),
                    server);
        }

        private @Nullable String executedBeforeLast() {
            if (executed == null || gtids.isEmpty()) {
                return executed;
            }
            boolean mariaDb = gtids.get(0).indexOf(':') < 0;
            ExecutedGtids all = ExecutedGtids.parse(executed, mariaDb);
            gtids.forEach(all::add);
            return all.text();
        }
    }
}
