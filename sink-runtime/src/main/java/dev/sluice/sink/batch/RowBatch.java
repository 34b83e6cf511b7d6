package dev.sluice.sink.batch;

import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.util.List;

/**
 * Rows that go to the target as one: all of them and the new watermark, or nothing.
 *
 * @param before the watermark that the target must hold when they are written
 * @param after the watermark with which they are written
 * @param origin site at which all of these rows were first changed
 * @param rows in the order of their source; may be empty, then only the watermark moves
 */
public record RowBatch(Partition partition, Watermark before, Watermark after, String origin, List<Row> rows) {}
