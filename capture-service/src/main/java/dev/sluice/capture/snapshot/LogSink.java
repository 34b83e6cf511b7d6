package dev.sluice.capture.snapshot;

import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.change.message.SnapshotLine;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Where copied rows enter the source log; called inside the gate only. */
public interface LogSink {
    /**
     * Writes rows and how far all snapshots have come with them.
     *
     * @param pipelines that the rows are for
     * @param rows hands them to its argument, none or many
     */
    void copied(
            String snapshot,
            List<String> pipelines,
            Consumer<BiConsumer<TableShape, DecodedRow>> rows,
            List<SnapshotLine> states)
            throws IOException;
}
