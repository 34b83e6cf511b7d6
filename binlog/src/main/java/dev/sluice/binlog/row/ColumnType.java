package dev.sluice.binlog.row;

/** Type numbers of columns in a table map; source: MySQL sources, include/field_types.h, and MariaDB's sql/field.h. */
final class ColumnType {
    static final int DECIMAL = 0;
    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int NULL = 6;
    static final int TIMESTAMP = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME = 11;
    static final int DATETIME = 12;
    static final int YEAR = 13;
    static final int VARCHAR = 15;
    static final int BIT = 16;
    static final int TIMESTAMP2 = 17;
    static final int DATETIME2 = 18;
    static final int TIME2 = 19;
    static final int BLOB_COMPRESSED = 140;
    static final int VARCHAR_COMPRESSED = 141;
    static final int VECTOR = 242;
    static final int JSON = 245;
    static final int NEWDECIMAL = 246;
    static final int ENUM = 247;
    static final int SET = 248;
    static final int BLOB = 252;
    static final int VAR_STRING = 253;
    static final int STRING = 254;
    static final int GEOMETRY = 255;

    private ColumnType() {}

    /** How many bytes of metadata the table map holds for a type; -1 if the type is unknown. */
    static int metadataBytes(int type) {
        return switch (type) {
            case TINY, SHORT, LONG, LONGLONG, INT24, NULL, TIMESTAMP, DATE, TIME, DATETIME, YEAR -> 0;
            case FLOAT, DOUBLE, TIMESTAMP2, DATETIME2, TIME2, BLOB, JSON, GEOMETRY, VECTOR, BLOB_COMPRESSED -> 1;
            case VARCHAR, VAR_STRING, VARCHAR_COMPRESSED, BIT, NEWDECIMAL, ENUM, SET, STRING -> 2;
            default -> -1;
        };
    }

    /** Whether the type has a bit in the table map's list of signs. */
    static boolean hasSign(int type, boolean yearHasSign) {
        return switch (type) {
            case DECIMAL, TINY, SHORT, LONG, LONGLONG, INT24, FLOAT, DOUBLE, NEWDECIMAL -> true;
            case YEAR -> yearHasSign;
            default -> false;
        };
    }

    /** Whether the type has an entry in the table map's list of character sets. */
    static boolean hasCharset(int type, boolean geometryHasCharset) {
        return switch (type) {
            case GEOMETRY -> geometryHasCharset;
            case VARCHAR, VAR_STRING, STRING, BLOB, VECTOR, VARCHAR_COMPRESSED, BLOB_COMPRESSED -> true;
            default -> false;
        };
    }
}
