package dev.sluice.apply.sql;

import java.util.List;

/**
 * The statements about the table that holds the watermarks.
 *
 * @param create makes what is missing of schema and table
 * @param select by pipeline and part: epoch, seq
 * @param insert of pipeline and part with zeros, unless they are there
 * @param update of epoch, seq and origin by pipeline, part, epoch and seq; counts the row also where it stays the same
 */
public record WatermarkSql(List<String> create, String select, String insert, String update) {}
