package dev.sluice.dispatch;

import dev.sluice.change.config.Pipeline;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MalformedMessage;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.dispatch.ddl.DdlRoute;
import dev.sluice.dispatch.intake.Place;
import dev.sluice.dispatch.intake.SourceLog;
import dev.sluice.dispatch.intake.SourceMessage;
import dev.sluice.dispatch.intake.TransactionName;
import dev.sluice.dispatch.partition.PartitionBatches;
import dev.sluice.dispatch.partition.ReplayGate;
import dev.sluice.dispatch.partition.TableDecision;
import dev.sluice.dispatch.partition.TableDecisions;
import dev.sluice.dispatch.partition.TransactionCut;
import dev.sluice.dispatch.publish.PartitionPublisher;
import dev.sluice.dispatch.routing.AddressRule;
import dev.sluice.dispatch.routing.OriginRule;
import dev.sluice.dispatch.routing.RouteTable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of a row through the dispatcher, stage by stage:
 *
 * <ol>
 *   <li>{@code intake}: {@link SourceLog} gives each entry of the source log once, in order;
 *   <li>{@code routing}: {@link RouteTable}, {@link OriginRule} and {@link AddressRule} leave out tables and transactions;
 *   <li>{@code ddl}: {@link DdlRoute} decides what becomes of statements and writes them for the target;
 *   <li>{@code mapping}: table lines are rewritten for the target, row filters asked, changes of a primary key split;
 *   <li>{@code partition}: {@link PartitionBatches} cut the row's bytes into its partition's batch and number it;
 *   <li>{@code publish}: {@link PartitionPublisher} sends batches with pipelined confirms;
 *   <li>{@code state}: {@link DispatchRun} notes how far everything is confirmed.
 * </ol>
 *
 * <p>Not thread-safe.
 */
final class DispatchPipeline {
    private final SourceLog log;
    private final PartitionPublisher publisher;
    private final Progress progress;
    private PartitionBatches batches;
    private OpenTransaction open;
    private TableDecisions tables;
    private OriginRule origins;
    private DdlRoute statements;
    /** Then a row in the way of one that comes again may have been made there, and never come from here. */
    private boolean targetIsSource;

    private final AddressRule addresses;
    private final @Nullable ReplayGate replay;

    private final LineScanner lines = new LineScanner();
    private final RowLine row = new RowLine();
    private final TransactionCut transaction = new TransactionCut();

    private long placeEpoch;
    private long placeSeq;
    private long placeOffset;
    private @Nullable String placeTransaction;
    /* The line of the transaction of the place's entry; read only when the place is noted. */
    private byte @Nullable [] placeBody;
    private int placeFrom;
    private int placeTo;

    DispatchPipeline(
            SourceLog log,
            Assignment assignment,
            PartitionPublisher publisher,
            @Nullable Place place,
            long epoch,
            List<Long> partitionSeqs,
            @Nullable Long openTransaction,
            @Nullable ReplayGate replay,
            Progress progress) {
        this.log = log;
        this.publisher = publisher;
        this.replay = replay;
        this.progress = progress;
        boolean whole = whole(assignment);
        batches = new PartitionBatches(this::send, epoch, partitionSeqs, whole);
        open = new OpenTransaction(whole, openTransaction);
        tables = new TableDecisions(new RouteTable(assignment.pipeline().mappings()), partitionSeqs.size());
        origins = new OriginRule(assignment.target().siteName());
        statements = new DdlRoute(assignment.pipeline(), assignment.target().kind());
        targetIsSource = assignment.target().capture() != null;
        addresses = new AddressRule(assignment.pipeline().name());
        placeEpoch = place == null ? 0 : place.epoch();
        placeSeq = place == null ? 0 : place.seq();
        placeOffset = place == null ? -1 : place.offset();
        placeTransaction = place == null ? null : place.transaction();
    }

    /** Goes on with other mappings. */
    void remap(Assignment assignment) {
        tables = new TableDecisions(
                new RouteTable(assignment.pipeline().mappings()),
                batches.lastSeqs().size());
        origins = new OriginRule(assignment.target().siteName());
        statements = new DdlRoute(assignment.pipeline(), assignment.target().kind());
        targetIsSource = assignment.target().capture() != null;
    }

    /** Goes on with partitions that are numbered from 1 under another epoch; nothing may wait in batches. */
    void renumber(Assignment assignment, long epoch, int partitions) {
        batches = new PartitionBatches(this::send, epoch, Collections.nCopies(partitions, 0L), whole(assignment));
        remap(assignment);
    }

    private static boolean whole(Assignment assignment) {
        return assignment.pipeline().mode() == Pipeline.Mode.TRANSACTION;
    }

    /** The next message of the source log; null if none came within {@code wait}. */
    @Nullable
    SourceMessage next(Duration wait) throws IOException, InterruptedException {
        return log.next(wait);
    }

    /**
     * Dispatches the entries {@code from} to {@code to} of a message.
     *
     * @throws MalformedMessage or {@code MappingRefused} with everything before the offending entry dispatched
     */
    void dispatch(SourceMessage message, long from, long to) throws IOException, InterruptedException {
        placeEpoch = message.epoch();
        placeOffset = message.offset();
        long entry = message.seq() - 1;
        long dispatched = 0;
        long filtered = 0;
        boolean inTransaction = false;
        boolean dropped = false;
        boolean copied = false;
        tables.startMessage(message.body());
        lines.over(message.body());
        try {
            while (lines.next()) {
                switch (lines.kind()) {
                    case TRANSACTION -> {
                        transaction.at(lines.body(), lines.from(), lines.to());
                        if (entry + 1 >= from && entry < to) {
                            open.next(batches, lines.body(), lines.from(), lines.to(), entry);
                        }
                        if (replay != null) {
                            replay.transaction(lines.body(), lines.from(), lines.to(), entry + 1);
                        }
                        copied = addresses.applies(lines.body(), lines.from(), lines.to());
                        dropped = origins.drops(lines.body(), lines.from(), lines.to())
                                || copied && addresses.drops(lines.body(), lines.from(), lines.to());
                        inTransaction = true;
                    }
                    case TABLE -> tables.table(lines.from(), lines.to());
                    case ROW -> {
                        entry++;
                        if (entry < from || entry > to) {
                            continue;
                        }
                        if (!inTransaction) {
                            throw new MalformedMessage("row without a transaction line before it");
                        }
                        if (copied) {
                            log.copied(entry);
                        }
                        if (dropped) {
                            filtered++;
                        } else {
                            row.head(lines);
                            TableDecision table = tables.of(row.table());
                            if (table.leftOut() || replay != null && !replay.passes(table, entry)) {
                                filtered++;
                            } else {
                                boolean replayed = replay != null && !replay.behind(entry);
                                batches.again(replayed || message.repeats() && !targetIsSource);
                                int parts = batches.add(transaction, table, row, entry);
                                dispatched += parts;
                                filtered += parts == 0 ? 1 : 0;
                                if (replayed) {
                                    progress.replayed.add(parts);
                                }
                                if (parts > 0) {
                                    open.sent(transaction.body(), transaction.from(), transaction.to());
                                }
                            }
                        }
                        standAt(entry, inTransaction);
                    }
                    case DDL -> {
                        entry++;
                        if (entry >= from && entry <= to) {
                            // what is sent again finds the tables as its statements left them
                            if (replay == null || replay.behind(entry)) {
                                progress.ddl.increment();
                                statement(dropped, entry);
                            }
                            standAt(entry, inTransaction);
                        }
                    }
                    case COMMIT -> {
                        if (entry >= from && entry <= to) {
                            open.end(batches, entry);
                        }
                    }
                    case POSITION, SNAPSHOT -> {}
                    case CLAIM -> throw new MalformedMessage("claim line in a message of rows");
                }
            }
            if (entry != message.last()) {
                throw new MalformedMessage("holds entries up to " + entry + ", its header says " + message.last());
            }
        } catch (MalformedMessage | IndexOutOfBoundsException e) {
            throw new MalformedMessage(
                    "source log at offset " + message.offset() + ", behind entry " + placeSeq + ": " + e.getMessage());
        } finally {
            progress.read.add(Math.max(0, placeSeq - from + 1));
            progress.dispatched.add(dispatched);
            progress.filtered.add(filtered);
            if (replay != null) {
                progress.leftOut(replay.leftOut());
            }
        }
    }

    private void statement(boolean dropped, long entry) throws IOException, InterruptedException {
        DdlLine line = Lines.ddl(lines.body(), lines.from(), lines.to());
        Optional<DdlLine> statement = dropped ? Optional.empty() : statements.of(line, entry);
        if (statement.isPresent()) {
            open.end(batches, entry - 1);
            batches.addToAll(transaction, statement.get(), entry);
        }
    }

    /** Whether nothing more has arrived from the source log. */
    boolean idle() {
        return log.idle();
    }

    /** Sends whatever is waiting in batches. */
    void flush() throws IOException, InterruptedException {
        batches.flush();
    }

    List<Long> partitionSeqs() {
        return batches.lastSeqs();
    }

    /** Last entry before the transaction that has rows and no end yet; null if there is none. */
    @Nullable
    Long openTransaction() {
        return open.after();
    }

    /** Last entry dispatched; 0 if none. */
    long seq() {
        return placeSeq;
    }

    /** Of the record in which the place is; -1 if none. */
    long offset() {
        return placeOffset;
    }

    /** Up to where entries are in batches or published. */
    Place place() {
        byte[] body = placeBody;
        if (body != null) {
            TransactionLine line = Lines.transaction(body, placeFrom, placeTo);
            placeTransaction = TransactionName.of(line);
            progress.committed(line.time());
            placeBody = null;
        }
        return new Place(placeEpoch, placeSeq, placeOffset, placeTransaction);
    }

    SourceLog log() {
        return log;
    }

    private void standAt(long entry, boolean inTransaction) {
        placeSeq = entry;
        placeTransaction = null;
        placeBody = inTransaction ? transaction.body() : null;
        placeFrom = transaction.from();
        placeTo = transaction.to();
    }

    private void send(int partition, MessageHeader header, byte[] body) throws IOException, InterruptedException {
        publisher.publish(partition, header, body);
        progress.messages.increment();
    }
}
