package dev.sluice.binlog.schema;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.row.TableShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is now.
 *
 * @param shape null if there is no such table
 * @param collation for columns that name none
 * @param keys in the server's order
 * @param place end of the log when it was looked at; every change of the table up to there is in the shape, and none behind
 */
public record LiveTable(@Nullable TableShape shape, String collation, List<Key> keys, FilePosition place) {
    /** An index. */
    public record Key(String name, boolean unique, List<Part> parts) {}

    /**
     * A part of an index.
     *
     * @param column null for an expression
     * @param prefix how many characters of the column it holds; 0 for all
     */
    public record Part(@Nullable String column, int prefix, boolean nullable) {
        boolean tellsRowsApart() {
            return column != null && prefix == 0 && !nullable;
        }
    }
}
