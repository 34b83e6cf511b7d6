package dev.sluice.dispatch;

import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the source log.
 *
 * @param transaction number of its transaction
 * @param before last entry before that transaction
 * @param last whether the transaction ends here
 * @param id primary key; after the change
 * @param oldId before an update
 * @param version the entry's own number, or for a delete that of the row's last change
 * @param oldVersion before an update
 */
record Change(
        long seq,
        long transaction,
        long before,
        boolean last,
        @Nullable String origin,
        TableLine table,
        RowOp op,
        long id,
        long oldId,
        long version,
        long oldVersion,
        String note) {}
