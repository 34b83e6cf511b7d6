package dev.sluice.binlog.schema;

/**
 * A collation of a server.
 *
 * @param number as the binary log has it
 * @param isDefault whether it is the one of its character set
 * @param width bytes of the character set's longest character
 */
public record ServerCollation(String name, int number, String charset, boolean isDefault, int width) {}
