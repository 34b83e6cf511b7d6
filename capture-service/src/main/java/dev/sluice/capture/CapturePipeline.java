package dev.sluice.capture;

import com.rabbitmq.client.Connection;
import dev.sluice.binlog.BinlogHandler;
import dev.sluice.binlog.BinlogReader;
import dev.sluice.binlog.ReaderOptions;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.capture.encode.ChangeEncoder;
import dev.sluice.capture.encode.StatementReader;
import dev.sluice.capture.filter.FilterChange;
import dev.sluice.capture.publish.LogPublisher;
import dev.sluice.capture.publish.QueueBacklog;
import dev.sluice.capture.reading.HeartbeatRows;
import dev.sluice.capture.reading.KnownTransactions;
import dev.sluice.capture.reading.ResumePoint;
import dev.sluice.capture.reading.ServerChoice;
import dev.sluice.capture.reading.ServerWatch;
import dev.sluice.capture.reading.SourceServer;
import dev.sluice.capture.schema.SourceSchemas;
import dev.sluice.capture.schema.UniqueKeys;
import dev.sluice.capture.snapshot.RetlBuffer;
import dev.sluice.capture.snapshot.SnapshotGate;
import dev.sluice.capture.snapshot.Snapshots;
import dev.sluice.capture.status.CaptureProgress;
import dev.sluice.capture.takeover.LogEnd;
import dev.sluice.capture.takeover.SchemaLog;
import dev.sluice.capture.takeover.TakeOver;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.message.Claim;
import dev.sluice.change.status.CapturedServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ownership of a source log, from taking over to whatever ends it. The stages are in the order of the data: the log's
 * end, the place in the binlog, the tables' columns and keys, the filter, the encoder, the publisher, the snapshots beside the binlog,
 * the status.
 */
final class CapturePipeline {
    private static final Logger LOG = LoggerFactory.getLogger(CapturePipeline.class);

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(8);

    private final Connection connection;
    private final DataSource source;
    private final SecretCipher cipher;
    private final String instance;
    private final CaptureProgress progress;
    private volatile boolean stopping;
    private final Supplier<Configuration> configuration;
    private volatile @Nullable BinlogReader reading;
    private volatile @Nullable SnapshotGate meeting;
    private volatile @Nullable Exception copyFailure;
    private volatile @Nullable String roleLost;

    /**
     * A pipeline.
     *
     * @param connection the one that has the source's lock; losing it is losing the right to publish
     * @param configuration the present one, for the snapshots it wants
     */
    CapturePipeline(
            Connection connection,
            DataSource source,
            SecretCipher cipher,
            String instance,
            CaptureProgress progress,
            Supplier<Configuration> configuration) {
        this.configuration = configuration;
        this.connection = connection;
        this.source = source;
        this.cipher = cipher;
        this.instance = instance;
        this.progress = progress;
    }

    /** Captures until {@link #stop()}; returns when all that was read is confirmed. */
    void run() throws IOException, InterruptedException {
        CaptureSettings settings = Objects.requireNonNull(source.capture());
        LogEnd end = TakeOver.logEnd(connection, source.name(), settings, progress.captured());

        SourceServer server = ServerChoice.among(
                SourceServer.addresses(source, cipher),
                settings.servers() == null ? null : settings.servers().read(),
                ResumePoint.isLeft(end, settings) ? null : end.resume());
        SourceAddress address = server.address();
        ResumePoint resume = ResumePoint.of(end, settings, server);
        KnownTransactions known = new KnownTransactions(resume.line().executed(), server.mariaDb());
        ReaderOptions options = new ReaderOptions(address, settings.replicaId(source.name()), HEARTBEAT);

        try (SchemaLog schemaLog = SchemaLog.open(connection, source.name());
                BinlogReader reader = BinlogReader.open(options, resume.position());
                UniqueKeys uniqueKeys = new UniqueKeys(address);
                LogPublisher log = LogPublisher.claim(
                        connection,
                        source.name(),
                        claim(end, resume),
                        end.filter(),
                        end.snapshots(),
                        resume.repeats() == null ? null : resume.repeats().text(),
                        Math.max(end.reset(), settings.resetGeneration()))) {
            reading = reader;
            connection.addShutdownListener(signal -> endReading());
            ChangeEncoder encoder =
                    new ChangeEncoder(uniqueKeys, resume.line().seq(), end.after(), server.id(), known::executed);
            progress.running(log, end.after(), resume.line(), settings.heartbeat());
            progress.reads(new CapturedServer(
                    server.toString(),
                    server.id(),
                    !server.readOnly(),
                    null,
                    resume.jump() == null ? null : resume.jump().reason(),
                    null));
            if (end.resume() == null) {
                LOG.warn("{}: the source log is empty, beginning at {}", source.name(), settings.start());
            }
            LOG.info(
                    "{}: epoch {} goes on after entry {} at {}",
                    source.name(),
                    log.epoch(),
                    end.after(),
                    resume.position());
            FilterChange filters = filters(end, settings);
            SourceSchemas schemas = SourceSchemas.at(
                    resume.line(),
                    server,
                    source.name(),
                    schemaLog,
                    filters::wants,
                    filters::isGhost,
                    progress::leavesOut);
            if (resume.jump() != null) {
                schemas.releaseStopped();
            }
            schemas.lookUpAll();
            SnapshotGate gate =
                    new SnapshotGate(resume.line().file(), resume.line().offset(), end.snapshots());
            meeting = gate;
            ChangeFlow flow = new ChangeFlow(
                    resume,
                    schemas,
                    filters,
                    encoder,
                    log,
                    progress,
                    gate,
                    end.snapshots(),
                    new StatementReader(reader.version()));
            QueueBacklog backlog = new QueueBacklog(connection, configuration);
            Snapshots snapshots = new Snapshots(
                    source.name(),
                    address,
                    gate,
                    flow,
                    end.snapshots(),
                    configuration,
                    backlog,
                    requests(settings, flow),
                    progress.snapshots(),
                    e -> {
                        copyFailure = e;
                        endReading();
                    });
            try (ServerWatch watch = watch(settings, server);
                    HeartbeatRows heartbeats = heartbeats(settings)) {
                watch.start();
                if (heartbeats != null) {
                    heartbeats.start();
                }
                read(reader, known.before(flow), flow, log, gate, snapshots);
            }
        }
    }

    private ServerWatch watch(CaptureSettings settings, SourceServer server) {
        return new ServerWatch(
                source.name(),
                server,
                settings.servers() != null && !settings.servers().standbys().isEmpty(),
                why -> {
                    roleLost = why;
                    endReading();
                },
                progress::place,
                progress::forecast);
    }

    private @Nullable HeartbeatRows heartbeats(CaptureSettings settings) {
        Duration period = settings.heartbeat();
        return period == null
                ? null
                : new HeartbeatRows(
                        source.name(),
                        SourceServer.addresses(source, cipher),
                        period,
                        why -> progress.tell("heartbeat", why));
    }

    private @Nullable RetlBuffer requests(CaptureSettings settings, ChangeFlow flow) {
        String table = settings.retlBuffer();
        return table == null
                ? null
                : new RetlBuffer(
                        source.name(),
                        table,
                        SourceServer.addresses(source, cipher),
                        flow::copiedIsConfirmed,
                        why -> progress.tell("retlBuffer", why));
    }

    /** From the filter that the log's end was made with to the one that is set. The claim is in the log. */
    private FilterChange filters(LogEnd end, CaptureSettings settings) throws IOException, InterruptedException {
        CaptureFilter wanted = Objects.requireNonNullElse(settings.filter(), CaptureFilter.NONE);
        CaptureFilter logged =
                end.filter() == null ? CaptureFilter.EVERYTHING : ConfigurationCodec.decodeFilter(end.filter());
        if (end.resume() == null || logged.equals(wanted)) {
            return FilterChange.of(wanted, wanted, end.after());
        }
        return FilterChange.of(logged, wanted, TakeOver.lastEntryBefore(connection, source.name(), end));
    }

    private Claim claim(LogEnd end, ResumePoint resume) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return new Claim(end.epoch() + 1, end.after(), instance, now, resume.line(), resume.jump());
    }

    private void read(
            BinlogReader reader,
            BinlogHandler first,
            ChangeFlow flow,
            LogPublisher log,
            SnapshotGate gate,
            Snapshots snapshots)
            throws IOException, InterruptedException {
        try (snapshots) {
            snapshots.start();
            readUntilStopped(reader, first, flow, gate);
        } catch (IOException e) {
            if (!stopping) {
                rethrowCopyFailure();
                log.check(); // a lost broker connection ends the reader too, and is the better reason
                flow.drain(DRAIN_LIMIT);
                String why = roleLost;
                throw why == null ? e : new IOException(why, e);
            }
        }
        flow.drain(DRAIN_LIMIT);
    }

    /** The thread that copies must not wait for this one once it has ended. */
    private void readUntilStopped(BinlogReader reader, BinlogHandler first, ChangeFlow flow, SnapshotGate gate)
            throws IOException {
        try {
            while (!stopping) {
                boolean idle = reader.idle();
                if (idle) {
                    flow.idle();
                    progress.heard(true);
                }
                reader.readNext(first);
                if (idle) {
                    progress.heard(false);
                }
            }
        } finally {
            gate.leaveAll();
        }
    }

    private void rethrowCopyFailure() throws IOException {
        Exception failed = copyFailure;
        if (failed instanceof IOException e) {
            throw e;
        }
        if (failed instanceof RuntimeException e) {
            throw e;
        }
    }

    /** Reads no more; {@link #run()} ends when what was read is confirmed. */
    void stop() {
        stopping = true;
        endReading();
    }

    private void endReading() {
        BinlogReader open = reading;
        if (open != null) {
            open.close();
        }
        SnapshotGate gate = meeting;
        if (gate != null) {
            gate.release();
        }
    }
}
