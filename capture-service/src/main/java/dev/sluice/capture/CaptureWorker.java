package dev.sluice.capture;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.Backoff;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.capture.status.CaptureProgress;
import dev.sluice.capture.takeover.TakeOver;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.status.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one source on a thread of its own: waits for its lock, captures while it has it, and after any failure closes
 * everything, pauses and begins anew. What happens here does not disturb other sources.
 */
final class CaptureWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureWorker.class);

    private static final Duration LOCK_PERIOD = Duration.ofSeconds(1);
    /** Waited more for each source that is owned already, so that sources spread over instances. */
    private static final Duration LOCK_PERIOD_PER_SOURCE = Duration.ofMillis(300);

    private static final Duration LONGEST_LOCK_PERIOD = Duration.ofSeconds(3);
    static final Duration FATAL_PAUSE = Duration.ofSeconds(30);

    /** A run this long means that the failure after it is a new one. */
    private static final Duration GOOD_RUN = Duration.ofSeconds(20);

    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    private final BrokerConnections connections;
    private final SecretCipher cipher;
    private final DataSource source;
    private volatile Configuration configuration;
    private final String instance;
    private final IntSupplier ownedSources;
    private final Duration fatalPause;
    private final CaptureProgress progress;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private volatile @Nullable Connection connection;
    private volatile @Nullable CapturePipeline pipeline;

    CaptureWorker(
            BrokerConnections connections,
            SecretCipher cipher,
            DataSource source,
            Configuration configuration,
            String instance,
            IntSupplier ownedSources,
            Duration fatalPause) {
        this.connections = connections;
        this.cipher = cipher;
        this.source = source;
        this.configuration = configuration;
        this.instance = instance;
        this.ownedSources = ownedSources;
        this.fatalPause = fatalPause;
        progress = new CaptureProgress(source.name());
        thread = new Thread(this::run, "capture-" + source.name());
    }

    CaptureWorker start() {
        thread.start();
        return this;
    }

    /** Takes up what a newer configuration says of the source's snapshots. */
    void follow(Configuration newer) {
        configuration = newer;
    }

    DataSource source() {
        return source;
    }

    CaptureProgress progress() {
        return progress;
    }

    /** Ends a connection over which the broker confirms nothing, so that taking over begins anew. */
    void endIfStalled() {
        Duration stalled = progress.stalled();
        if (stalled.compareTo(STALL_LIMIT) > 0) {
            LOG.warn("{}: no confirm for {} s, reconnecting", source.name(), stalled.toSeconds());
            abort(connection);
        }
    }

    /** Reads no more, publishes what was read, waits for its confirms a while, and gives the lock up. */
    @Override
    public void close() {
        stopping.countDown();
        CapturePipeline running = pipeline;
        if (running != null) {
            running.stop();
        }
        join(DRAIN_LIMIT);
        if (thread.isAlive()) {
            LOG.warn("{}: stopped without the last confirms", source.name());
            thread.interrupt();
            abort(connection);
            join(DRAIN_LIMIT);
        }
    }

    private void run() {
        sleep(lockPeriod());
        // whoever has taken some of several new sources meanwhile lets an instance with fewer go first
        sleep(deference());
        while (!stopped()) {
            try {
                if (TakeOver.lock(connected(), source.name())) {
                    capture(connected());
                } else {
                    progress.standby();
                    backoff.succeeded();
                    sleep(lockPeriod());
                }
            } catch (InterruptedException | ChangeFlow.Interrupted e) {
                break;
            } catch (Exception e) { // whatever it was, it must not end the thread
                if (!stopped()) {
                    pauseAfter(e);
                }
            }
        }
        abort(connection);
        progress.failed(State.STOPPED, "stopped");
    }

    private void capture(Connection open) throws Exception {
        LOG.info("{}: has the lock, taking over", source.name());
        progress.takingOver();
        long began = System.nanoTime();
        CapturePipeline owned = new CapturePipeline(open, source, cipher, instance, progress, () -> configuration);
        pipeline = owned;
        try {
            if (!stopped()) {
                owned.run();
            }
        } finally {
            pipeline = null;
            abort(open);
            if (System.nanoTime() - began > GOOD_RUN.toNanos()) {
                backoff.succeeded();
            }
        }
    }

    private void pauseAfter(Exception e) {
        abort(connection);
        Failure failure = Failure.of(e);
        if (failure.fatal()) {
            progress.failed(State.FAILED, failure.message());
            LOG.error("{}: {}; trying again in {} s", source.name(), failure.message(), fatalPause.toSeconds());
            sleep(fatalPause);
        } else {
            progress.failed(State.RETRYING, failure.message());
            Duration pause = backoff.next();
            LOG.warn("{}: {}; trying again in {} ms", source.name(), failure.message(), pause.toMillis());
            if (failure.unexpected()) {
                LOG.warn("{}: unexpected", source.name(), e);
            }
            sleep(pause);
        }
    }

    private Connection connected() throws IOException {
        Connection open = connection;
        if (open == null || !open.isOpen()) {
            open = connections.open(instance + " capture " + source.name());
            connection = open;
        }
        return open;
    }

    private static void abort(@Nullable Connection open) {
        if (open != null) {
            open.abort((int) Duration.ofSeconds(2).toMillis());
        }
    }

    private Duration lockPeriod() {
        long nanos = Math.min(LOCK_PERIOD.plus(deference()).toNanos(), LONGEST_LOCK_PERIOD.toNanos());
        return Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2));
    }

    private Duration deference() {
        Duration all = LOCK_PERIOD_PER_SOURCE.multipliedBy(ownedSources.getAsInt());
        return all.compareTo(LONGEST_LOCK_PERIOD) < 0 ? all : LONGEST_LOCK_PERIOD;
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private void sleep(Duration pause) {
        try {
            stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    private void join(Duration limit) {
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
