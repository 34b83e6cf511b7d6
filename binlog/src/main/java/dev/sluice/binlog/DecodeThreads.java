package dev.sluice.binlog;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of this process that decode ahead of its readers, started when there is work. There are none on one or two
 * processors, which the reader and the broker keep busy; {@code -Dsluice.decodeThreads=N} says how many there are elsewhere.
 */
final class DecodeThreads {
    private static final int MOST = 4;
    private static final long IDLE_SECONDS = 30;

    /** Null if there are none. */
    static final @Nullable Executor OF_THE_PROCESS = of(Integer.getInteger(
            "sluice.decodeThreads", byProcessors(Runtime.getRuntime().availableProcessors())));

    private DecodeThreads() {}

    static int byProcessors(int processors) {
        return Math.max(0, Math.min(MOST, processors - 2));
    }

    static @Nullable Executor of(int threads) {
        if (threads == 0) {
            return null;
        }
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "binlog-decode");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
