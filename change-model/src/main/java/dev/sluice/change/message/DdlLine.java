package dev.sluice.change.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement other than a row change; it counts as one entry.
 *
 * @param schema default schema it ran in, empty if none
 * @param time at the source, microseconds since 1970
 * @param kind what it does: create, alter, index, rename, drop, truncate, schema, other, or unknown if it was not
 *     understood; null in logs from before it was read
 * @param tables the tables it changes, by their old and new names; of an unknown one the tables it seems to name
 * @param session how its text is to be read; null in logs from before it was read
 * @param barrier in a partition queue: where it stands in all of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DdlLine(
        String schema,
        String sql,
        long time,
        @Nullable String kind,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TableLine.Target> tables,
        @Nullable Session session,
        @Nullable Barrier barrier) {
    /**
     * What the meaning of a statement depends on.
     *
     * @param version of the server, as executable comments have it: 80015 for 8.0.15
     * @param sqlMode bits as in a query event
     */
    public record Session(boolean mariaDb, int version, long sqlMode) {}

    /**
     * Everything before it is at the target before it runs, and it has run before anything behind it. The entry before it
     * in each partition says only that the partition has come so far.
     *
     * @param entry its number in the source log
     * @param seqs its number in each partition
     */
    public record Barrier(long entry, List<Long> seqs) {}

    public DdlLine {
        tables = tables == null ? List.of() : tables;
    }

    /** One that was not read. */
    public DdlLine(String schema, String sql, long time) {
        this(schema, sql, time, null, List.of(), null, null);
    }

    /** The entry that stands before a statement in a partition queue. */
    public static DdlLine arrival(long time) {
        return new DdlLine("", "", time, "barrier", List.of(), null, null);
    }

    /** The same for a pipeline whose operator gave it up on its way: partitions still meet there, and nothing runs. */
    public DdlLine givenUp() {
        return at("", tables, barrier);
    }

    /** Whether nothing is to run. */
    @JsonIgnore
    public boolean isGivenUp() {
        return sql.isEmpty();
    }

    /** The same for a target, in the partition queues. */
    public DdlLine at(String targetSql, List<TableLine.Target> targets, @Nullable Barrier everywhere) {
        return new DdlLine(schema, targetSql, time, kind, targets, session, everywhere);
    }
}
