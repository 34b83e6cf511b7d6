package dev.sluice.ddl;

import org.jspecify.annotations.Nullable;

/**
 * Where a column goes.
 *
 * @param after null for the first place
 */
public record Place(@Nullable String after) {}
