package dev.sluice.change.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far a snapshot has come; no entry, and nothing to a reader but the next capture. Tables are begun in the order of the
 * snapshot's parts, and by schema and name within one, so that the last one begun, and which of those before it are not done
 * yet, tells all.
 *
 * @param created tells snapshots of one name apart
 * @param part index of the part of the snapshot that the present table, the last one begun, belongs to
 * @param schema of the present table; null before the first
 * @param table name of the present table; null before the first
 * @param after key of the last row read of the present table; null if none was read yet, or if it is done
 * @param tableDone whether the present table is done
 * @param tables how many tables are done
 * @param chunks read so far
 * @param rows read so far, of all tables
 * @param tableRows read so far, of the present table
 * @param failed tables that could not be copied
 * @param beside tables that were begun before the present one and are not done, in their order
 * @param again rows of tables that are begun and not done which are to be copied whatever is read of these tables yet
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
        List<FailedTable> failed,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Beside> beside,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Again> again) {
    /** Where a snapshot is. */
    public enum Phase {
        RUNNING,
        DONE,
        CANCELLED
    }

    /** A state may leave out what is beside and again. */
    public SnapshotLine {
        beside = beside == null ? List.of() : beside;
        again = again == null ? List.of() : again;
    }

    /** One that has read nothing yet. */
    public static SnapshotLine begun(String name, Instant created) {
        return new SnapshotLine(
                name, created, Phase.RUNNING, 0, null, null, null, false, 0, 0, 0, 0, List.of(), List.of(), List.of());
    }

    /** The same, ended for good. */
    public SnapshotLine ended(Phase how) {
        return new SnapshotLine(
                name, created, how, part, schema, table, after, tableDone, tables, chunks, rows, tableRows, failed,
                List.of(), List.of());
    }

    /** With another table as the present one, unless it was begun already. */
    public SnapshotLine begin(int ofPart, String ofSchema, String ofTable) {
        if (isAt(ofPart, ofSchema, ofTable) || find(ofPart, ofSchema, ofTable).isPresent()) {
            return this;
        }
        List<Beside> others = new ArrayList<>(beside);
        if (schema != null && table != null && !tableDone) {
            others.add(new Beside(part, schema, table, after, tableRows));
        }
        return present(ofPart, ofSchema, ofTable, null, false, 0, others);
    }

    /** With another chunk of a table that is begun; {@code end} if it was the last one. */
    public SnapshotLine read(
            int ofPart, String ofSchema, String ofTable, long more, @Nullable List<String> key, boolean end) {
        List<String> last = end ? null : key;
        SnapshotLine next = isAt(ofPart, ofSchema, ofTable)
                ? present(ofPart, ofSchema, ofTable, last, end, tableRows + more, beside)
                : withBeside(ofPart, ofSchema, ofTable, end, last, more);
        return next.counted(end ? 1 : 0, 1, more);
    }

    /** With a table that is read from its beginning again: what was read of it does not count. */
    public SnapshotLine anew(int ofPart, String ofSchema, String ofTable) {
        long read = isAt(ofPart, ofSchema, ofTable)
                ? tableRows
                : find(ofPart, ofSchema, ofTable).map(Beside::tableRows).orElse(0L);
        SnapshotLine next = isAt(ofPart, ofSchema, ofTable)
                ? present(ofPart, ofSchema, ofTable, null, false, 0, beside)
                : withBeside(ofPart, ofSchema, ofTable, false, null, -read);
        return next.counted(0, 0, -read);
    }

    /** With a table that is left out. */
    public SnapshotLine failed(int ofPart, String ofSchema, String ofTable, String error) {
        SnapshotLine next = isAt(ofPart, ofSchema, ofTable)
                ? present(ofPart, ofSchema, ofTable, null, true, tableRows, beside)
                : withBeside(ofPart, ofSchema, ofTable, true, null, 0);
        List<FailedTable> failures = new ArrayList<>(failed);
        failures.add(new FailedTable(ofSchema, ofTable, error));
        return new SnapshotLine(
                name,
                created,
                Phase.RUNNING,
                next.part,
                next.schema,
                next.table,
                next.after,
                next.tableDone,
                tables,
                chunks,
                rows,
                next.tableRows,
                failures,
                next.beside,
                again);
    }

    /** Without tables beside the present one that are not there any more. */
    public SnapshotLine keeping(Predicate<Beside> there) {
        return present(
                part,
                schema,
                table,
                after,
                tableDone,
                tableRows,
                beside.stream().filter(there).toList());
    }

    private SnapshotLine present(
            int ofPart,
            @Nullable String ofSchema,
            @Nullable String ofTable,
            @Nullable List<String> key,
            boolean done,
            long read,
            List<Beside> others) {
        return new SnapshotLine(
                name,
                created,
                phase,
                ofPart,
                ofSchema,
                ofTable,
                key,
                done,
                tables,
                chunks,
                rows,
                read,
                failed,
                List.copyOf(others),
                again);
    }

    private SnapshotLine withBeside(
            int ofPart, String ofSchema, String ofTable, boolean end, @Nullable List<String> key, long more) {
        List<Beside> others = new ArrayList<>();
        for (Beside each : beside) {
            if (!each.is(ofPart, ofSchema, ofTable)) {
                others.add(each);
            } else if (!end) {
                others.add(new Beside(ofPart, ofSchema, ofTable, key, each.tableRows + more));
            }
        }
        return present(part, schema, table, after, tableDone, tableRows, others);
    }

    private SnapshotLine counted(int moreTables, int moreChunks, long moreRows) {
        return new SnapshotLine(
                name,
                created,
                Phase.RUNNING,
                part,
                schema,
                table,
                after,
                tableDone,
                tables + moreTables,
                chunks + moreChunks,
                rows + moreRows,
                tableRows,
                failed,
                beside,
                again);
    }

    /** Whether that is the present table. */
    public boolean isAt(int ofPart, String ofSchema, String ofTable) {
        return part == ofPart && ofSchema.equals(schema) && ofTable.equals(table);
    }

    /** A table beside the present one. */
    public Optional<Beside> find(int ofPart, String ofSchema, String ofTable) {
        return beside.stream()
                .filter(each -> each.is(ofPart, ofSchema, ofTable))
                .findFirst();
    }

    /** Key of the last row read of a table that is begun and not done; null if none was read yet. */
    public @Nullable List<String> afterKey(int ofPart, String ofSchema, String ofTable) {
        return isAt(ofPart, ofSchema, ofTable)
                ? after
                : find(ofPart, ofSchema, ofTable).map(Beside::after).orElse(null);
    }

    /** With other rows that are to be copied again. */
    public SnapshotLine withAgain(List<Again> others) {
        return new SnapshotLine(
                name, created, phase, part, schema, table, after, tableDone, tables, chunks, rows, tableRows, failed,
                beside, others);
    }

    /** A table that was left out. */
    public record FailedTable(String schema, String table, String error) {}

    /**
     * A table that is being copied beside the present one.
     *
     * @param after key of the last row read; null if none was read yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Beside(
            int part, String schema, String table, @Nullable List<String> after, long tableRows) {
        boolean is(int ofPart, String ofSchema, String ofTable) {
            return part == ofPart && schema.equals(ofSchema) && table.equals(ofTable);
        }
    }

    /**
     * Rows of a table.
     *
     * @param key columns by which the table's rows are told apart
     * @param keys of the rows, as cells of row lines
     * @param all so many are meant that the table has to be copied from its beginning
     */
    public record Again(
            int part, String schema, String table, List<String> key, List<List<String>> keys, boolean all) {}
}
