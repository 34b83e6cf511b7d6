package dev.sluice.binlog.search;

/** A file of the binary log. */
public record BinlogFile(String name, long size) {}
