package dev.sluice.binlog.row;

/** What the decode switch does with a cell; dense numbers, so that it compiles to a jump table. */
final class CellCode {
    static final int INT8 = 0;
    static final int UINT8 = 1;
    static final int INT16 = 2;
    static final int UINT16 = 3;
    static final int INT24 = 4;
    static final int UINT24 = 5;
    static final int INT32 = 6;
    static final int UINT32 = 7;
    static final int INT64 = 8;
    static final int UINT64 = 9;
    static final int FLOAT = 10;
    static final int DOUBLE = 11;
    static final int DECIMAL = 12;
    static final int YEAR = 13;
    static final int DATE = 14;
    static final int OLD_TIME = 15;
    static final int OLD_DATETIME = 16;
    static final int OLD_TIMESTAMP = 17;
    static final int TIME = 18;
    static final int DATETIME = 19;
    static final int TIMESTAMP = 20;
    static final int BIT = 21;
    static final int ENUM = 22;
    static final int SET = 23;
    static final int UTF8 = 24;
    static final int TEXT = 25;
    static final int BYTES = 26;
    static final int JSON = 27;
    static final int COMPRESSED_TEXT = 28;
    static final int COMPRESSED_BYTES = 29;

    private CellCode() {}
}
