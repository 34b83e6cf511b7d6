package dev.sluice.apply.sql;

import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;

/** An update of a part of a row that is not at the target. */
final class MissingRow {
    private MissingRow() {}

    static WriteFailed failure(Row row) {
        return new WriteFailed(new Failure.BadRow(
                row,
                "an update is about a row that is not at the target, and the source's binary log does not hold the"
                        + " whole row; snapshot the table and release the pipeline, and run"
                        + " SET GLOBAL binlog_row_image=FULL on the source if rows may be missing at the target",
                null));
    }
}
