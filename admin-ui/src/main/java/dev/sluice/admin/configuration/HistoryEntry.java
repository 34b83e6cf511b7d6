package dev.sluice.admin.configuration;

import java.time.Instant;

/** One line of the history of configurations. */
record HistoryEntry(long version, Instant activatedAt, String author, String comment) {}
