package dev.sluice.admin.parked;

import dev.sluice.change.error.RepairCommand;
import java.time.Instant;

/**
 * What somebody asked about parked rows.
 *
 * @param edited names of the columns that were given other cells; empty for none
 */
record AskedCommand(
        Instant at,
        String user,
        RepairCommand.Action action,
        String pipeline,
        int partition,
        String targetSchema,
        String targetTable,
        long seq,
        String edited) {}
