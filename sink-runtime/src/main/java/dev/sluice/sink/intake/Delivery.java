package dev.sluice.sink.intake;

import dev.sluice.sink.batch.Message;

/**
 * A message and the tag by which it is acknowledged.
 *
 * @param tag valid only in the {@link PartitionQueue} that it came from
 */
public record Delivery(long tag, Message message) {}
