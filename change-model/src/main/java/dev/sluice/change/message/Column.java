package dev.sluice.change.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table line.
 *
 * @param name name at the source
 * @param type MySQL type such as {@code bigint unsigned}, {@code decimal(18,4)} or {@code enum('a','b')}
 * @param to in a partition queue: name at the target where it differs
 * @param skip in a partition queue: true if the mapping leaves the column out
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Column(String name, String type, @Nullable String to, boolean skip) {
    public Column(String name, String type) {
        this(name, type, null, false);
    }

    /** Name at the target. */
    public String targetName() {
        return to == null ? name : to;
    }

    /** Whether its cells are JSON strings compared by a collation. */
    public boolean textual() {
        return switch (baseType()) {
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> true;
            default -> false;
        };
    }

    /** Whether its cells are base64. */
    public boolean binary() {
        return switch (baseType()) {
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector" -> true;
            default -> spatial();
        };
    }

    /** Whether its cells are base64 of an SRID and WKB. */
    public boolean spatial() {
        return switch (baseType()) {
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" -> true;
            default -> false;
        };
    }

    /** The type's first word, {@code decimal} for {@code decimal(18,4)}. */
    public String baseType() {
        int end = 0;
        while (end < type.length() && Character.isLetter(type.charAt(end))) {
            end++;
        }
        return type.substring(0, end);
    }
}
