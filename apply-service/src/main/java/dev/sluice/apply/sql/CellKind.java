package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;

/** How a column's cells are written as literals. */
enum CellKind {
    NUMBER,
    FLOAT,
    TEXT,
    BINARY,
    JSON,
    /** Dates, times, ENUM and SET: strings that the server reads; ENUM's index 0 is a number. */
    OTHER;

    static CellKind of(Column column) {
        if (column.binary()) {
            return BINARY;
        }
        return switch (column.baseType()) {
            case "tinyint",
                    "smallint",
                    "mediumint",
                    "int",
                    "integer",
                    "bigint",
                    "decimal",
                    "numeric",
                    "double",
                    "real",
                    "bit",
                    "year" -> NUMBER;
            case "float" -> FLOAT;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> TEXT;
            case "json" -> JSON;
            default -> OTHER;
        };
    }

    /** Writes a value to store. */
    void value(LineBuffer out, byte[] json, int from, int to) {
        if (CellText.isNull(json, from, to)) {
            Literal.writeNull(out);
        } else if (this == FLOAT && Literal.isLargestFloat(json, from, to)) {
            Literal.writeFloat(out, json, from, to);
        } else if (this == NUMBER || json[from] != '"') {
            Literal.writeNumber(out, json, from, to);
        } else if (this == BINARY) {
            Literal.writeBinary(out, json, from, to);
        } else {
            Literal.writeText(out, json, from, to);
        }
    }

    /** Writes a value to compare a column with. */
    void operand(LineBuffer out, byte[] json, int from, int to) {
        if (this == FLOAT && !CellText.isNull(json, from, to)) {
            Literal.writeFloat(out, json, from, to);
        } else {
            value(out, json, from, to);
        }
    }
}
