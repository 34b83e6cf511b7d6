package dev.sluice.capture.reading;

import dev.sluice.change.message.TransactionLine;
import dev.sluice.change.status.PurgeForecast;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, on a thread of its own, after the server that is being read: whether it still has its role, and whether it will
 * delete binlog before that was read. A server that does not answer is no concern of this class, for the reader notices.
 */
public final class ServerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final Duration FORECAST_PERIOD = Duration.ofSeconds(60);

    private final String source;
    private final SourceServer server;
    private final boolean mayChange;
    private final Consumer<String> roleLost;
    private final Supplier<@Nullable TransactionLine> place;
    private final Consumer<PurgeForecast> forecasts;
    private final PurgeOutlook outlook;
    private final Thread thread;
    private boolean warned;

    /**
     * A watch; nothing happens until {@link #start()}.
     *
     * @param mayChange whether there are other servers that could be read instead
     * @param roleLost gets the reason why another server should be chosen, at most once
     * @param place of the last entry that was logged
     */
    public ServerWatch(
            String source,
            SourceServer server,
            boolean mayChange,
            Consumer<String> roleLost,
            Supplier<@Nullable TransactionLine> place,
            Consumer<PurgeForecast> forecasts) {
        this.source = source;
        this.server = server;
        this.mayChange = mayChange;
        this.roleLost = roleLost;
        this.place = place;
        this.forecasts = forecasts;
        outlook = new PurgeOutlook(server);
        thread = new Thread(this::run, "capture-watch-" + source);
        thread.setDaemon(true);
    }

    public ServerWatch start() {
        thread.start();
        return this;
    }

    private void run() {
        long forecastAt = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (System.nanoTime() - forecastAt >= 0) {
                    forecastAt += FORECAST_PERIOD.toNanos();
                    forecast();
                }
                if (mayChange && hasOtherRole()) {
                    roleLost.accept(
                            server + (server.readOnly() ? " was promoted" : " takes no writes any more (read_only)"));
                    return;
                }
                Thread.sleep(PERIOD.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasOtherRole() {
        try {
            return SourceServer.ask(server.address()).readOnly() != server.readOnly();
        } catch (IOException e) {
            LOG.debug("{}: {} does not say whether it takes writes: {}", source, server, e.getMessage());
            return false;
        }
    }

    private void forecast() {
        TransactionLine at = place.get();
        if (at == null || at.file().isEmpty()) {
            return;
        }
        try {
            PurgeForecast forecast = outlook.at(at.file(), at.offset(), at.time(), nowMicros());
            forecasts.accept(forecast);
            Long left = forecast.secondsLeft();
            if (left != null && left < forecast.keptSeconds() / 2 && !warned) {
                warned = true;
                LOG.warn(
                        "{}: {} keeps its binary log for {} s and deletes what comes next in about {} s, before it was"
                                + " read; raise binlog_expire_logs_seconds (expire_logs_days) there",
                        source,
                        server,
                        forecast.keptSeconds(),
                        left);
            }
        } catch (IOException e) {
            LOG.debug("{}: no forecast: {}", source, e.getMessage());
        }
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
