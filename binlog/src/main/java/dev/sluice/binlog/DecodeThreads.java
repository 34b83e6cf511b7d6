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
    private static final String SETTING = "sluice.decodeThreads";
    private static final int MOST = 4;
    private static final int MOST_WANTED = 64;
    private static final long IDLE_SECONDS = 30;

    /** Null if there are none. */
    static final @Nullable Executor OF_THE_PROCESS =
            of(count(System.getProperty(SETTING), Runtime.getRuntime().availableProcessors()));

    private DecodeThreads() {}

    /** How many there are, as the setting says, or by the number of processors. */
    static int count(@Nullable String setting, int processors) {
        if (setting == null) {
            return Math.max(0, Math.min(MOST, processors - 2));
        }
        if (!setting.matches("\\d{1,2}") || Integer.parseInt(setting) > MOST_WANTED) {
            throw new IllegalArgumentException(
                    "-D" + SETTING + " must be a number from 0 to " + MOST_WANTED + ", not " + setting);
        }
        return Integer.parseInt(setting);
    }

    private static @Nullable Executor of(int threads) {
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
