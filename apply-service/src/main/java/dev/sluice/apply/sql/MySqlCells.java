package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;

/** How MySQL reads the cells of a column. */
enum MySqlCells implements CellWriter {
    NUMBER,
    FLOAT,
    TEXT,
    BINARY,
    JSON,
    /** Dates, times, ENUM and SET: strings that the server reads; ENUM's index 0 is a number. */
    OTHER;

    static MySqlCells of(Column column) {
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

    @Override
    public void value(LineBuffer out, byte[] json, int from, int to) {
        if (CellText.isNull(json, from, to)) {
            MySqlLiteral.writeNull(out);
        } else if (this == FLOAT && MySqlLiteral.isLargestFloat(json, from, to)) {
            MySqlLiteral.writeFloat(out, json, from, to);
        } else if (this == NUMBER || json[from] != '"') {
            MySqlLiteral.writeNumber(out, json, from, to);
        } else if (this == BINARY) {
            MySqlLiteral.writeBinary(out, json, from, to);
        } else {
            MySqlLiteral.writeText(out, json, from, to);
        }
    }

    @Override
    public void operand(LineBuffer out, byte[] json, int from, int to) {
        if (this == FLOAT && !CellText.isNull(json, from, to)) {
            MySqlLiteral.writeFloat(out, json, from, to);
        } else {
            value(out, json, from, to);
        }
    }
}
