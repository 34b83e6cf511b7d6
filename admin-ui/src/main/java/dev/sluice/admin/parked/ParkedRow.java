package dev.sluice.admin.parked;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.change.error.ErrorEntry;
import java.time.Instant;

/**
 * A row of the error store.
 *
 * @param changedAt when this service learned of its present state
 */
record ParkedRow(long id, Instant changedAt, @JsonUnwrapped ErrorEntry entry) {}
