package dev.sluice.ddl;

import java.util.List;
import java.util.Locale;

/** The name of a base type, as information_schema writes it. */
final class TypeName {
    private static final int LONGEST_FLOAT = 24;

    private TypeName() {}

    /** The name for the words of a type, in upper case. */
    static String of(List<String> words, Dialect dialect) {
        String first = words.get(0);
        String second = words.size() > 1 ? words.get(1) : "";
        return switch (first) {
            case "INT", "INTEGER", "INT4" -> "int";
            case "INT1", "BOOL", "BOOLEAN" -> "tinyint";
            case "INT2" -> "smallint";
            case "INT3", "MIDDLEINT" -> "mediumint";
            case "INT8", "SERIAL" -> "bigint";
            case "REAL" -> dialect.realIsFloat() ? "float" : "double";
            case "FLOAT8" -> "double";
            case "FLOAT", "FLOAT4" -> isDouble(words) ? "double" : "float";
            case "DEC", "NUMERIC", "FIXED", "NUMBER" -> "decimal";
            case "CHARACTER", "CHAR", "NCHAR" -> second.startsWith("VAR") ? "varchar" : "char";
            case "NVARCHAR", "VARCHARACTER", "VARCHAR2" -> "varchar";
            case "NATIONAL" -> words.stream().anyMatch(word -> word.startsWith("VAR")) ? "varchar" : "char";
            case "LONG" -> second.equals("VARBINARY") ? "mediumblob" : "mediumtext";
            case "JSON" -> dialect.mariaDb() ? "longtext" : "json";
            case "POINT",
                    "LINESTRING",
                    "POLYGON",
                    "MULTIPOINT",
                    "MULTILINESTRING",
                    "MULTIPOLYGON",
                    "GEOMETRYCOLLECTION",
                    "GEOMCOLLECTION" -> "geometry";
            default -> first.toLowerCase(Locale.ROOT);
        };
    }

    /** FLOAT(p) is a DOUBLE from 25 on. */
    private static boolean isDouble(List<String> words) {
        return words.size() > 3
                && words.get(1).equals("(")
                && words.get(3).equals(")")
                && Integer.parseInt(words.get(2)) > LONGEST_FLOAT;
    }
}
