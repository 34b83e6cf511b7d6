package dev.sluice.apply;

import dev.sluice.change.message.TableLine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes rows with numbers of their own to all partitions until it is told to stop, into a table without any key: a
 * row that is applied twice or not at all shows.
 */
final class CounterLoad implements AutoCloseable {
    /** So that what piles up while a service starts does not take minutes afterwards. */
    private static final int PAUSE_MILLIS = 10;

    private final ApplyBench bench;
    private final TableLine table;
    private final int partitions;
    private final long[] seqs;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "load");
    private volatile Throwable failure;

    private CounterLoad(ApplyBench bench, String database, int partitions) {
        this.bench = bench;
        this.partitions = partitions;
        seqs = new long[partitions];
        table = Tables.table(1, database, "counter", List.of("part int", "n int"), List.of(), List.of());
    }

    static String ddl(String database) {
        return "CREATE TABLE " + database + ".counter (part INT, n INT)";
    }

    static CounterLoad start(ApplyBench bench, String database, int partitions) {
        CounterLoad load = new CounterLoad(bench, database, partitions);
        load.thread.start();
        return load;
    }

    private void run() {
        try {
            for (int round = 0; !stopped.get(); round++) {
                int p = round % partitions;
                MessageBuilder message = new MessageBuilder().transaction();
                for (int i = 1; i <= 5; i++) {
                    message.insert(table, Integer.toString(p), Long.toString(seqs[p] + i));
                }
                bench.publish(p, message.build(1, seqs[p] + 1));
                seqs[p] += 5;
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    /** Stops and waits until everything has arrived; tells what is wrong with it. */
    List<String> finish(String database) {
        close();
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        for (int p = 0; p < partitions; p++) {
            bench.awaitWatermark(p, seqs[p]);
        }
        return bench.query("SELECT part, COUNT(*), COUNT(DISTINCT n), MIN(n), MAX(n) FROM " + database
                + ".counter GROUP BY part ORDER BY part");
    }

    /** What {@link #finish} says if nothing was lost or repeated. */
    List<String> expected() {
        List<String> rows = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            rows.add(p + "|" + seqs[p] + "|" + seqs[p] + "|1|" + seqs[p]);
        }
        return rows;
    }

    @Override
    public void close() {
        stopped.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
