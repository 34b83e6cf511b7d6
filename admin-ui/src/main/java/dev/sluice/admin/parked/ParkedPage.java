package dev.sluice.admin.parked;

import java.util.List;

/**
 * Some rows of the error store, in the order in which they would be applied.
 *
 * @param total how many rows there are on all pages
 */
record ParkedPage(long total, int page, int size, List<ParkedRow> rows) {}
