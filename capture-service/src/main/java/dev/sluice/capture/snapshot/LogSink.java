package dev.sluice.capture.snapshot;

import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.change.message.SnapshotLine;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Where copied rows enter the source log; called inside the gate only. */
public interface LogSink {
    /**
     * Writes rows and how far all snapshots have come with them.
     *
     * @param pipelines that the rows are for
     * @param rows hands them to its argument, none or many
     */
    void copied(String snapshot, List<String> pipelines, Consumer<Rows> rows, List<SnapshotLine> states)
            throws IOException;

    /** Takes copied rows, in order. */
    interface Rows {
        /** All rows of a table are gone before those that follow. */
        void empty(TableShape table);

        /** A row, valid during the call only. */
        void row(TableShape table, DecodedRow row);
    }
}
