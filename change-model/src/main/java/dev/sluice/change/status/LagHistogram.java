package dev.sluice.change.status;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts lags in buckets that double every four, so that counts of many partitions can be added up and still give
 * percentiles within 19 %. Thread-safe.
 */
public final class LagHistogram {
    private static final int BUCKETS = 140;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    /** Counts {@code n} entries of one lag. */
    public void record(long micros, long n) {
        counts.addAndGet(bucket(micros), n);
    }

    public List<Long> counts() {
        List<Long> all = new ArrayList<>(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            all.add(counts.get(i));
        }
        return all;
    }

    /** The sum of two sets of counts; either may be empty. */
    public static List<Long> sum(List<Long> a, List<Long> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        List<Long> all = new ArrayList<>(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            all.add(a.get(i) + b.get(i));
        }
        return all;
    }

    /** Bucket by bucket what came between two moments; counts that began anew give no negative ones. */
    public static List<Long> difference(List<Long> before, List<Long> after) {
        List<Long> difference = new ArrayList<>(after.size());
        for (int i = 0; i < after.size(); i++) {
            long then = i < before.size() ? before.get(i) : 0;
            difference.add(Math.max(0, after.get(i) - then));
        }
        return difference;
    }

    /** The lag in microseconds below which a share (0 to 1) of the counted entries lie; 0 if there are none. */
    public static long percentile(List<Long> counts, double share) {
        long total = counts.stream().mapToLong(Long::longValue).sum();
        long rank = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < counts.size(); i++) {
            seen += counts.get(i);
            if (seen >= rank && seen > 0) {
                return upper(i);
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        if (micros < 4) {
            return (int) Math.max(0, micros);
        }
        int exponent = 63 - Long.numberOfLeadingZeros(micros);
        int quarter = (int) (micros >>> (exponent - 2)) & 3;
        return Math.min(BUCKETS - 1, (exponent - 1) * 4 + quarter);
    }

    private static long upper(int bucket) {
        if (bucket < 4) {
            return bucket;
        }
        int exponent = bucket / 4 + 1;
        return (1L << exponent) + ((bucket % 4 + 1L) << (exponent - 2)) - 1;
    }
}
