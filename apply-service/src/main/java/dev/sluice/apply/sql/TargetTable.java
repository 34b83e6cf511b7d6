package dev.sluice.apply.sql;

import java.util.List;
import java.util.Set;

/**
 * What the target itself says of a table; names in lower case.
 *
 * @param generated columns that the server computes and nobody may write
 * @param primaryKey columns, in key order; empty if it has none
 * @param furtherUnique whether it has unique keys besides the primary key
 */
record TargetTable(Set<String> columns, Set<String> generated, List<String> primaryKey, boolean furtherUnique) {}
