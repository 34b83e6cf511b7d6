package dev.sluice.binlog.schema;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.row.TableShape;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is now.
 *
 * @param shape null if there is no such table
 * @param place end of the log when it was looked at; every change of the table up to there is in the shape, and none behind
 */
public record LiveTable(@Nullable TableShape shape, FilePosition place) {}
