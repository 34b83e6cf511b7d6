package dev.sluice.admin.background;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A daemon thread for work that looks now and then whether it is still wanted. Thread-safe. */
public final class BackgroundThread {
    private final String name;
    private final Runnable work;
    private volatile @Nullable Thread thread;

    public BackgroundThread(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    public void start() {
        Thread started = new Thread(work, name);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** Interrupts the work, which is then no longer wanted. */
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Whether the work is wanted. */
    public boolean isRunning() {
        return thread != null;
    }

    /** Waits on the thread of the work; false if it was interrupted. */
    public static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
