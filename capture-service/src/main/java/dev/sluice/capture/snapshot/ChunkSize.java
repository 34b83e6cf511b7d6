package dev.sluice.capture.snapshot;

import java.time.Duration;

/** How many rows to ask for, so that a query takes about 100 ms. Not thread-safe. */
final class ChunkSize {
    private static final int FIRST = 1_000;
    private static final int LEAST = 50;
    private static final int MOST = 50_000;
    private static final long FIRST_BYTES = 4_000_000;
    private static final double WANTED_NANOS = 1e8;

    private int rows;

    ChunkSize(long rowBytes) {
        rows = (int) Math.max(LEAST, Math.min(FIRST, FIRST_BYTES / Math.max(1, rowBytes)));
    }

    int rows() {
        return rows;
    }

    /** A query gave so many rows. */
    void took(int read, Duration time, boolean cut) {
        if (cut) {
            rows = Math.max(1, read);
        } else if (read == rows) {
            double factor = WANTED_NANOS / Math.max(1, time.toNanos());
            rows = (int)
                    Math.max(Math.min(LEAST, rows * 2), Math.min(MOST, rows * Math.max(0.25, Math.min(2, factor))));
        }
    }

    /** A chunk could not be used; a smaller one has better chances. */
    void failed() {
        rows = Math.max(1, rows / 4);
    }
}
