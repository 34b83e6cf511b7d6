package dev.sluice.sink.batch;

import org.jspecify.annotations.Nullable;

/**
 * A row that is set aside.
 *
 * @param reason why the target refused it, or what it waits for
 * @param sqlState the target's, if it refused this row
 */
public record ParkedRow(Row row, String reason, @Nullable String sqlState) {}
