package dev.sluice.sink.partition;

import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.DataSource;
import dev.sluice.sink.order.Partition;

/**
 * A partition and where its rows go. A difference in any component means: another consumer.
 *
 * @param sourceSite origin of rows that name none
 * @param rules what happens to rows that cannot be applied
 * @param generation of the commands to the pipeline; a new one releases the partition if it is suspended
 */
public record TargetPartition(
        Partition partition, DataSource target, String sourceSite, ApplyRules rules, long generation) {
    /** The queue that its rows come from. */
    public String queue() {
        return BrokerNames.partitionQueue(target.kind(), partition.pipeline(), partition.number());
    }
}
