package dev.sluice.benchmarks.wholeway;

import dev.sluice.benchmarks.measure.Costs;
import dev.sluice.benchmarks.measure.Result;
import dev.sluice.benchmarks.workload.Backlog;
import dev.sluice.benchmarks.workload.RowText;
import dev.sluice.benchmarks.workload.WideTable;
import dev.sluice.broker.StreamStart;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.demo.check.LagMeter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * A steady rate of single-row commits: how long until a consumer of the source log has the row, and, in a second round with
 * a pipeline, until the target has committed it.
 */
public final class Latency {
    private static final String SCHEMA = "w3";
    private static final long SEED = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Status reports come every two seconds. */
    private static final long REPORTED_MILLIS = 5000;

    private final Rig rig;
    private final int rate;
    private final int warmUp;
    private final int rows;
    private long lastId;

    private Latency(Rig rig, int rate, int warmUpSeconds, int seconds) {
        this.rig = rig;
        this.rate = rate;
        warmUp = rate * warmUpSeconds;
        rows = rate * (warmUpSeconds + seconds);
    }

    /** Runs both rounds; true if every row came. */
    public static boolean run(int rate, int warmUpSeconds, int seconds, boolean durable) throws Exception {
        try (Rig rig = Rig.start(durable)) {
            rig.targets();
            WideTable.create(rig.source(), SCHEMA);
            WideTable.create(rig.target(), SCHEMA);
            Latency latency = new Latency(rig, rate, warmUpSeconds, seconds);
            boolean clean = true;
            for (Way way : List.of(Way.LOG, Way.MYSQL)) {
                clean &= latency.measure(way);
            }
            return clean;
        }
    }

    private boolean measure(Way way) throws Exception {
        String name = "latency-" + way;
        rig.source().execute("TRUNCATE TABLE " + SCHEMA + "." + WideTable.NAME);
        rig.source(name, Backlog.end(rig.source()));
        rig.pipeline(name, name, way, SCHEMA);
        rig.awaitCaptured(name);
        Stopwatch watch = new Stopwatch(rows);
        Measured measured;
        try (LogFollower log = LogFollower.of(rig.stack().broker().amqpUri(), name, StreamStart.NEXT, PATIENCE);
                LagMeter lags = new LagMeter(rig.stack().broker().amqpUri())) {
            CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> {
                try {
                    watch.watch(log);
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            measured = write(watch, lags);
            watching.join();
        }
        long lost = watch.lost(0);
        if (way == Way.MYSQL) {
            try (Arrival arrival = Arrival.of(rig, way, name)) {
                arrival.await(rows);
            }
            lost += Comparison.wrongRows(rig, SCHEMA + "." + WideTable.NAME);
        }
        rig.stop(name);
        report(way, watch, measured, lost);
        return lost == 0;
    }

    /** What the measured part, without the warm-up, cost and how late it was at the target. */
    private record Measured(Costs costs, double seconds, List<Long> lags) {}

    private Measured write(Stopwatch watch, LagMeter lags) throws SQLException, InterruptedException {
        RowText text = new RowText(SEED);
        StringBuilder sql = new StringBuilder();
        try (Connection connection = rig.source().connect(SCHEMA);
                Statement statement = connection.createStatement()) {
            write(watch, 0, warmUp, text, sql, statement);
            Thread.sleep(REPORTED_MILLIS);
            List<Long> lagsBefore = lags.counts("apply");
            Costs before = rig.costs();
            long begin = System.nanoTime();
            write(watch, warmUp, rows, text, sql, statement);
            Costs costs = rig.costs().since(before);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Thread.sleep(REPORTED_MILLIS);
            return new Measured(costs, seconds, difference(lags.counts("apply"), lagsBefore));
        }
    }

    private void write(Stopwatch watch, int from, int to, RowText text, StringBuilder sql, Statement statement)
            throws SQLException {
        long begin = System.nanoTime();
        for (int i = from; i < to; i++) {
            sql.setLength(0);
            text.values(sql.append("INSERT INTO t VALUES "), ++lastId, i);
            String insert = sql.toString();
            long due = begin + (i - from) * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            watch.sent(i);
            statement.executeUpdate(insert);
            watch.committed(i);
        }
    }

    private static List<Long> difference(List<Long> now, List<Long> before) {
        return before.isEmpty()
                ? now
                : LagHistogram.sum(now, before.stream().map(count -> -count).toList());
    }

    private void report(Way way, Stopwatch watch, Measured measured, long lost) {
        Map<String, Double> perMinute = measured.costs.times(60 / measured.seconds);
        perMinute.keySet().retainAll(way.processes());
        Result result = new Result("latency")
                .with("way", way.toString())
                .with("commitsPerSecond", rate)
                .with("rows", rows - warmUp)
                .with("beforeCommitToLogConsumerMillis", watch.fromSent(warmUp))
                .with("afterCommitToLogConsumerMillis", watch.fromCommitted(warmUp));
        if (way == Way.MYSQL) {
            Map<String, Double> target = new LinkedHashMap<>();
            for (int percent : new int[] {50, 90, 99}) {
                target.put("p" + percent, LagHistogram.percentile(measured.lags, percent / 100.0) / 1000.0);
            }
            result.with("commitToTargetMillis", target).with("durableTarget", rig.durable());
        }
        result.with("cpuSecondsPerMinute", perMinute).with("lost", lost).print();
    }
}
