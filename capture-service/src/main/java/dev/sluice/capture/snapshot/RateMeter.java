package dev.sluice.capture.snapshot;

/** Rows a second over about the last ten seconds. Not thread-safe. */
final class RateMeter {
    private static final double WINDOW_NANOS = 10e9;

    private long last = System.nanoTime();
    private double perSecond;
    private boolean begun;

    void read(long rows) {
        long now = System.nanoTime();
        double nanos = Math.max(1e6, now - last);
        double present = rows * 1e9 / nanos;
        double weight = begun ? 1 - Math.exp(-nanos / WINDOW_NANOS) : 1;
        perSecond += weight * (present - perSecond);
        begun = true;
        last = now;
    }

    double perSecond() {
        return perSecond;
    }
}
