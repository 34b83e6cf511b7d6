package dev.sluice.apply.sql;

import java.util.List;

/**
 * The tables that hold what is parked and where partitions are suspended.
 *
 * @param create makes what is missing of schema and tables
 * @param rows quoted name of the table of parked rows
 * @param suspensions quoted name of the table of suspended partitions
 */
public record ParkedSql(List<String> create, String rows, String suspensions) {}
