package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A wish for copies of rows that are at a source already, which its capture brings into the source log while it follows
 * the binlog.
 *
 * @param name unique, {@code [a-z0-9-]}
 * @param created when it was asked for; another snapshot of the same name is another one
 * @param source name of a data source
 * @param pipelines that get the rows; all of them read from the source
 * @param tables which of the tables that these pipelines map, one after the other
 * @param generation grows with every command (pause, resume, cancel)
 * @param limits null for the usual ones
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Snapshot(
        String name,
        Instant created,
        String source,
        List<String> pipelines,
        List<Tables> tables,
        DesiredState state,
        long generation,
        @Nullable Limits limits) {
    /** What the operator wants. */
    public enum DesiredState {
        RUNNING,
        /** Reads no further chunk; goes on where it stands once it is RUNNING. */
        PAUSED,
        /** Ended for good; what was copied stays. */
        CANCELLED
    }

    public Snapshot command(DesiredState next) {
        return new Snapshot(name, created, source, pipelines, tables, next, generation + 1, limits);
    }

    Snapshot keeping(Predicate<String> pipeline) {
        List<String> kept = pipelines.stream().filter(pipeline).toList();
        return new Snapshot(name, created, source, kept, tables, state, generation, limits);
    }

    /**
     * Tables of which rows are wanted.
     *
     * @param schema name or pattern ({@code *} and {@code ?})
     * @param table name or pattern ({@code *} and {@code ?})
     * @param where condition in the source's SQL; null for all rows
     * @param keys keys of single rows, a value for each key column; null for all rows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tables(
            String schema,
            String table,
            @Nullable String where,
            @Nullable List<List<String>> keys) {
        /** Whether a source table is meant. */
        public boolean matches(String sourceSchema, String sourceTable) {
            return NamePattern.matches(schema, sourceSchema) && NamePattern.matches(table, sourceTable);
        }
    }

    /**
     * What a snapshot may cost.
     *
     * @param rowsPerSecond most rows read a second; 0 for no limit
     * @param threadsRunning of the source above which no chunk is read; 0 for {@link #THREADS_RUNNING}
     * @param queuedMessages in a pipeline's partition queues above which no chunk is read; 0 for
     *     {@link #QUEUED_MESSAGES}
     */
    public record Limits(long rowsPerSecond, int threadsRunning, long queuedMessages) {
        public static final int THREADS_RUNNING = 60;
        public static final long QUEUED_MESSAGES = 10_000;
        public static final Limits USUAL = new Limits(0, THREADS_RUNNING, QUEUED_MESSAGES);
    }

    /** The limits in effect. */
    public Limits effectiveLimits() {
        if (limits == null) {
            return Limits.USUAL;
        }
        return new Limits(
                limits.rowsPerSecond(),
                limits.threadsRunning() == 0 ? Limits.THREADS_RUNNING : limits.threadsRunning(),
                limits.queuedMessages() == 0 ? Limits.QUEUED_MESSAGES : limits.queuedMessages());
    }
}
