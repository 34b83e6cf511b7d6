package dev.sluice.admin.parked;

/**
 * A table of which rows are parked, on one partition.
 *
 * @param rows how many
 * @param first the one that all others wait for
 */
record ParkedTableView(
        String pipeline, int partition, String targetSchema, String targetTable, long rows, ParkedRow first) {}
