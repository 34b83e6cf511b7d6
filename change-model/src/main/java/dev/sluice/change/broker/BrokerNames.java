package dev.sluice.change.broker;

import dev.sluice.change.config.DataSource;

/** Names of every exchange, queue and stream; source and pipeline names are validated to {@code [a-z0-9-]}. */
public final class BrokerNames {
    /** Stream; its last record is the whole configuration. */
    public static final String CONFIG_STREAM = "sluice.config";

    /** Fanout exchange; every instance reports to it every two seconds. */
    public static final String STATUS_EXCHANGE = "sluice.status";

    /** Fanout exchange for messages that a partition queue gave up; bound to {@link #DEAD_QUEUE}. */
    public static final String DEAD_EXCHANGE = "sluice.dead";

    public static final String DEAD_QUEUE = "sluice.dead";

    /** Queue of the rows that targets refused and of what became of them. */
    public static final String ERRORS_QUEUE = "sluice.errors";

    private BrokerNames() {}

    /** The source log: a stream, ordered and replayable. */
    public static String sourceLog(String source) {
        return "sluice.changes." + source;
    }

    /** Stream; a copy of each claim of a source log, so that a log that is gone is not taken for one that never was. */
    public static String claims(String source) {
        return "sluice.claims." + source;
    }

    /** Stream; what the tables of a source looked like, by their places in its binlog. */
    public static String schemaHistory(String source) {
        return "sluice.schema." + source;
    }

    /** Exclusive queue whose owner is the one capture of a source. */
    public static String captureLock(String source) {
        return "sluice.lock.capture." + source;
    }

    /** Exclusive queue whose owner is the one dispatcher of a pipeline. */
    public static String dispatchLock(String pipeline) {
        return "sluice.lock.dispatch." + pipeline;
    }

    /** Stream; its last record is the place of a pipeline's dispatcher. */
    public static String dispatchState(String pipeline) {
        return "sluice.state." + pipeline;
    }

    /** Queue in which sinks ask the dispatcher to go back to a watermark. */
    public static String rewindRequests(String pipeline) {
        return "sluice.rewind." + pipeline;
    }

    /** Queue in which the owner of a partition is asked to do something with its parked rows. */
    public static String repairRequests(String pipeline, int partition) {
        return "sluice.repair." + pipeline + "." + partition;
    }

    /** Partition queue of a pipeline, by the kind of its target. */
    public static String partitionQueue(DataSource.Kind target, String pipeline, int partition) {
        return target == DataSource.Kind.REDIS ? cacheQueue(pipeline, partition) : applyQueue(pipeline, partition);
    }

    /** Partition queue of a pipeline whose target is a database. */
    public static String applyQueue(String pipeline, int partition) {
        return "sluice.apply." + pipeline + "." + partition;
    }

    /** Partition queue of a pipeline whose target is a cache. */
    public static String cacheQueue(String pipeline, int partition) {
        return "sluice.cache." + pipeline + "." + partition;
    }
}
