package dev.sluice.admin.status;

import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lags between two moments, from counts that only grow. */
final class LagDifference {
    private LagDifference() {}

    static List<Long> sum(Stream<PartitionStatus> partitions) {
        return partitions.map(PartitionStatus::lag).reduce(List.of(), LagHistogram::sum);
    }

    /** Bucket by bucket; an instance that began to count anew gives no negative counts. */
    static List<Long> between(List<Long> before, List<Long> after) {
        List<Long> difference = new ArrayList<>(after.size());
        for (int i = 0; i < after.size(); i++) {
            long then = i < before.size() ? before.get(i) : 0;
            difference.add(Math.max(0, after.get(i) - then));
        }
        return difference;
    }
}
