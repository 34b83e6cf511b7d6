package dev.sluice.capture.snapshot;

import dev.sluice.binlog.SourceAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Connections to a source over which tables are copied side by side, each with a thread. Whoever uses them waits for all
 * before going on. Not thread-safe, but for {@link #disconnect()}.
 */
final class Lanes implements AutoCloseable {
    /** Each holds a chunk in memory and a query at the source. */
    private static final int COUNT = 3;

    private final List<CopySource> sources;
    private final ExecutorService threads;

    Lanes(String sourceName, SourceAddress address) {
        sources = IntStream.range(0, COUNT)
                .mapToObj(number -> new CopySource(address))
                .toList();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "snapshots-" + sourceName + "-lane");
            thread.setDaemon(true);
            return thread;
        });
    }

    int count() {
        return COUNT;
    }

    CopySource source(int number) {
        return sources.get(number);
    }

    /**
     * Does the same to several things at once; returns, or fails as one of them did, when nothing is done any more, unless
     * interrupted.
     */
    <A, B> List<B> atOnce(List<A> all, Work<A, B> work) throws IOException, InterruptedException {
        if (all.size() == 1) {
            return List.of(work.on(all.get(0)));
        }
        List<Callable<B>> calls =
                all.stream().<Callable<B>>map(each -> () -> work.on(each)).toList();
        List<B> results = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Future<B> done : threads.invokeAll(calls)) {
            try {
                results.add(done.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        // what a source said may pass, anything else may not be hidden behind it, least of all an error
        failures.sort(Comparator.<Throwable, Boolean>comparing(failure -> !(failure instanceof Error))
                .thenComparing(IOException.class::isInstance));
        for (Throwable failure : failures) {
            if (failure instanceof Error e) {
                throw e;
            } else if (failure instanceof IOException e) {
                throw e;
            } else if (failure instanceof RuntimeException e) {
                throw e;
            }
            throw new IllegalStateException(failure);
        }
        return results;
    }

    /** Ends the connections, also from another thread; the next use makes new ones. */
    void disconnect() {
        sources.forEach(CopySource::close);
    }

    /** Waits until no thread does anything. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            disconnect();
            try {
                threads.awaitTermination(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done to one thing. */
    interface Work<A, B> {
        B on(A thing) throws IOException, InterruptedException;
    }
}
