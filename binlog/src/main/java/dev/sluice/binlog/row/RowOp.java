package dev.sluice.binlog.row;

/** What happened to a row. */
public enum RowOp {
    INSERT,
    UPDATE,
    DELETE
}
