package dev.sluice.binlog;

/** Where to start reading. */
public sealed interface BinlogPosition permits FilePosition, GtidPosition {}
