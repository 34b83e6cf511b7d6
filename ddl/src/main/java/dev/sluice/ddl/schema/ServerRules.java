package dev.sluice.ddl.schema;

/**
 * What a server does where a statement says nothing.
 *
 * @param explicitTimestamps explicit_defaults_for_timestamp: whether a TIMESTAMP may be NULL if nothing is said
 * @param foldsNames lower_case_table_names: whether names of tables are kept in lower case
 */
public record ServerRules(Charsets charsets, boolean explicitTimestamps, boolean foldsNames) {}
