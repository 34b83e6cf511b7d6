package dev.sluice.change.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a snapshot has come; no entry, and nothing to a reader but the next capture. Tables are copied in the order of
 * the snapshot's parts, and by schema and name within one, so that the present one tells which are done.
 *
 * @param created tells snapshots of one name apart
 * @param part index of the part of the snapshot that the present table belongs to
 * @param schema of the present table; null before the first
 * @param table name of the present table; null before the first
 * @param after key of the last row read of the present table; null if none was read yet, or if it is done
 * @param tableDone whether the present table is done
 * @param tables how many tables are done
 * @param chunks read so far
 * @param rows read so far, of all tables
 * @param tableRows read so far, of the present table
 * @param failed tables that could not be copied
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotLine(
        String name,
        Instant created,
        Phase phase,
        int part,
        @Nullable String schema,
        @Nullable String table,
        @Nullable List<String> after,
        boolean tableDone,
        int tables,
        long chunks,
        long rows,
        long tableRows,
        List<FailedTable> failed) {
    /** Where a snapshot is. */
    public enum Phase {
        RUNNING,
        DONE,
        CANCELLED
    }

    /** One that has read nothing yet. */
    public static SnapshotLine begun(String name, Instant created) {
        return new SnapshotLine(name, created, Phase.RUNNING, 0, null, null, null, false, 0, 0, 0, 0, List.of());
    }

    /** The same, ended for good. */
    public SnapshotLine ended(Phase how) {
        return new SnapshotLine(
                name, created, how, part, schema, table, after, tableDone, tables, chunks, rows, tableRows, failed);
    }

    /** With another chunk of a table; {@code end} if it was the last one. */
    public SnapshotLine read(
            int ofPart, String ofSchema, String ofTable, long more, @Nullable List<String> key, boolean end) {
        return new SnapshotLine(
                name,
                created,
                Phase.RUNNING,
                ofPart,
                ofSchema,
                ofTable,
                end ? null : key,
                end,
                tables + (end ? 1 : 0),
                chunks + 1,
                rows + more,
                (isAt(ofPart, ofSchema, ofTable) ? tableRows : 0) + more,
                failed);
    }

    /** With a table that is left out. */
    public SnapshotLine failed(int ofPart, String ofSchema, String ofTable, String error) {
        List<FailedTable> failures = new ArrayList<>(failed);
        failures.add(new FailedTable(ofSchema, ofTable, error));
        long read = isAt(ofPart, ofSchema, ofTable) ? tableRows : 0;
        return new SnapshotLine(
                name,
                created,
                Phase.RUNNING,
                ofPart,
                ofSchema,
                ofTable,
                null,
                true,
                tables,
                chunks,
                rows,
                read,
                failures);
    }

    /** Whether that is the present table. */
    public boolean isAt(int ofPart, String ofSchema, String ofTable) {
        return part == ofPart && ofSchema.equals(schema) && ofTable.equals(table);
    }

    /** A table that was left out. */
    public record FailedTable(String schema, String table, String error) {}
}
