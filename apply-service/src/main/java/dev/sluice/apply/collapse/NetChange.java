package dev.sluice.apply.collapse;

import dev.sluice.sink.batch.Row;

/**
 * What a batch does to one key in the end.
 *
 * @param row the change that decides: its after image, whose key it is, is what stays, or its key before is what goes
 * @param delete whether nothing stays
 * @param expected whether the batch's first change of this key says that the target has a row of it
 * @param alone whether the row is the batch's only change of its key, and left the key as it was
 */
public record NetChange(Row row, boolean delete, boolean expected, boolean alone) {}
