package dev.sluice.capture;

import dev.sluice.binlog.BinlogHandler;
import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.TransactionEnd;
import dev.sluice.binlog.TransactionStart;
import dev.sluice.binlog.row.BareTable;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.capture.encode.ChangeEncoder;
import dev.sluice.capture.encode.Message;
import dev.sluice.capture.encode.StatementReader;
import dev.sluice.capture.encode.Transaction;
import dev.sluice.capture.filter.FilterChange;
import dev.sluice.capture.publish.LogPublisher;
import dev.sluice.capture.reading.ResumePoint;
import dev.sluice.capture.schema.SourceSchemas;
import dev.sluice.capture.snapshot.LogSink;
import dev.sluice.capture.snapshot.SnapshotGate;
import dev.sluice.capture.status.CaptureProgress;
import dev.sluice.change.message.SnapshotLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to each thing that the binlog holds, on the thread that reads it: encoded, and published when a message is
 * full, a DDL statement ends it, or the source has nothing more to say. A full publisher window blocks right here, and
 * so the socket is not read.
 */
final class ChangeFlow implements BinlogHandler, LogSink {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFlow.class);

    /** How far or how long the source may move without entries until the log is told. */
    static final long POSITION_BYTES = 64_000_000;

    static final Duration POSITION_PERIOD = Duration.ofSeconds(10);

    /** Messages; who takes over reads farther back than that. */
    private static final int SNAPSHOTS_PERIOD = 400;

    private final ResumePoint resume;
    private final FilterChange filters;
    private final ChangeEncoder encoder;
    private final LogPublisher log;
    private final CaptureProgress progress;
    private final SnapshotGate gate;
    private final SourceSchemas schemas;
    private final StatementReader statementReader;

    private List<SnapshotLine> snapshots;
    private int messagesSinceSnapshots;
    private @Nullable String gtid;
    private String file;
    private long offset;
    private String loggedFile;
    private long loggedOffset;
    private long loggedAt = System.nanoTime();
    private long lastCommit;
    private volatile long lastCopied;

    ChangeFlow(
            ResumePoint resume,
            SourceSchemas schemas,
            FilterChange filters,
            ChangeEncoder encoder,
            LogPublisher log,
            CaptureProgress progress,
            SnapshotGate gate,
            List<SnapshotLine> snapshots,
            StatementReader statementReader) {
        this.statementReader = statementReader;
        this.schemas = schemas;
        this.gate = gate;
        this.snapshots = snapshots;
        this.resume = resume;
        this.filters = filters;
        this.encoder = encoder;
        this.log = log;
        this.progress = progress;
        file = resume.line().file();
        offset = resume.line().offset();
        loggedFile = file;
        loggedOffset = offset;
        lastCommit = resume.line().time();
        encoder.filter(filters.inForce());
        followFilter();
    }

    @Override
    public void transactionStarted(TransactionStart start) {
        gate.begin(start.file(), start.startOffset());
        if (resume.endsRepeats(start)) {
            publish();
            log.endRepeats();
            LOG.info("{}: what comes from entry {} on is new", progress.source(), encoder.seq() + 1);
        }
        schemas.begin(start);
        gtid = start.gtid();
        resume.started(start.gtid());
        encoder.begin(new Transaction(start.gtid(), start.file(), start.startOffset(), start.commitMicros()));
        lastCommit = start.commitMicros();
    }

    @Override
    public @Nullable TableShape shapeOf(BareTable table) throws IOException {
        try {
            TableShape shape = schemas.shapeOf(table);
            if (shape == null) {
                encoder.passedOver();
            }
            return shape;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public boolean wants(TableShape table, RowOp op, int bytes) {
        boolean wanted = encoder.wants(table, op);
        if (!wanted) {
            schemas.leavesOut(table);
            progress.passedOver(bytes);
        }
        return wanted;
    }

    @Override
    public void row(TableShape table, DecodedRow row) {
        boolean leftOut = gate.row(table, row); // before the filter takes cells out of it
        encode(table, row, leftOut);
    }

    private void encode(TableShape table, DecodedRow row, boolean whole) {
        try {
            if (encoder.isFullFor(table, row)) {
                publish();
            }
            encoder.row(table, row, whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void ddl(DdlStatement statement) {
        gate.ddl();
        List<String> statements;
        try {
            statements = schemas.ddl(statement);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        encoder.schemaChanged();
        for (String sql : statements) {
            if (encoder.endsWithDdl()) {
                publish();
            }
            encoder.ddl(() -> statementReader.read(statement, sql));
        }
    }

    @Override
    public void transactionEnded(TransactionEnd end) {
        encoder.commit();
        resume.ended(encoder.seq());
        if (encoder.endsWithDdl()) {
            publish();
        }
        followFilter();
        if (resume.reached()) {
            moved(end.file(), end.endOffset());
        }
        gate.movedTo(file, offset, gtid);
        gate.leave();
    }

    @Override
    public void positionMoved(String newFile, long newOffset) {
        if (!encoder.inTransaction() && resume.reached()) {
            gate.enter();
            moved(newFile, newOffset);
            gate.movedTo(file, offset, null);
            gate.leave();
        }
    }

    @Override
    public void copied(String snapshot, List<String> pipelines, Consumer<Rows> rows, List<SnapshotLine> states) {
        if (file.isEmpty()) {
            snapshots = states;
            return; // nothing was read yet, so no rows are copied either; the next message has the states
        }
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        encoder.begin(Transaction.copied(new Transaction.Copy(snapshot, pipelines), file, offset, now));
        rows.accept(new Rows() {
            @Override
            public void empty(TableShape table) {
                try {
                    encoder.empty(table);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void row(TableShape table, DecodedRow row) {
                encode(table, row, false);
            }
        });
        snapshots = states; // not before: a message in between must not say that the chunk is whole
        encoder.commit();
        lastCopied = encoder.seq();
        Message last = encoder.isEmpty() ? encoder.position(file, offset, lastCommit) : encoder.take();
        messagesSinceSnapshots = 0;
        send(last.with(gate.whole(states)));
    }

    /** Whether all copied rows are in the log for good; any thread may ask. */
    boolean copiedIsConfirmed() {
        return log.confirmed() >= lastCopied;
    }

    /** The source has nothing to say right now; a transaction of which the rest is on its way is waited for. */
    void idle() {
        log.check();
        if (!encoder.inTransaction()) {
            gate.enter();
            publish();
            gate.leave();
        }
    }

    /** Publishes what was read up to the end of its transaction; reading and copying have ended. */
    void drain(Duration patience) throws InterruptedException {
        encoder.dropOpenTransaction();
        publish();
        log.awaitConfirms(patience);
    }

    /** Another filter begins with another message, for a message's header names the one that its entries passed. */
    private void followFilter() {
        if (filters.takesEffect(encoder.seq())) {
            publish();
            encoder.filter(filters.inForce());
            schemas.filterChanged();
            LOG.info(
                    "{}: the filter in force behind entry {} is {}",
                    progress.source(),
                    encoder.seq(),
                    filters.inForce());
        }
    }

    private void moved(String newFile, long newOffset) {
        file = newFile;
        offset = newOffset;
        if (encoder.isEmpty() && positionIsDue()) {
            send(encoder.position(file, offset, lastCommit));
        }
    }

    private boolean positionIsDue() {
        if (file.equals(loggedFile) && offset == loggedOffset) {
            return false;
        }
        if (encoder.heartbeatSeen()) {
            return true;
        }
        boolean far = !file.equals(loggedFile) || offset - loggedOffset >= POSITION_BYTES;
        return far || System.nanoTime() - loggedAt >= POSITION_PERIOD.toNanos();
    }

    private void publish() {
        if (!encoder.isEmpty()) {
            resume.mayLog();
            send(encoder.take());
        }
    }

    /** Every now and then with the snapshots' states, so that they are always near the end of the log. */
    private void send(Message next) {
        Message message = next;
        boolean due = ++messagesSinceSnapshots >= SNAPSHOTS_PERIOD || gate.mustTell();
        if (!snapshots.isEmpty() && due) {
            messagesSinceSnapshots = 0;
            message = next.with(gate.whole(snapshots));
        }
        try {
            log.publish(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        progress.published(message);
        loggedFile = message.place().file();
        loggedOffset = message.place().offset();
        loggedAt = System.nanoTime();
    }

    private static Interrupted interrupted() {
        Thread.currentThread().interrupt();
        return new Interrupted();
    }

    /** The thread was interrupted while the publisher's window was full. */
    static final class Interrupted extends RuntimeException {}
}
