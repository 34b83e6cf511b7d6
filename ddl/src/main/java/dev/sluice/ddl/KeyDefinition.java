package dev.sluice.ddl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as a statement defines it or a table has it.
 *
 * @param name null if the server chooses it; PRIMARY for the primary key
 */
public record KeyDefinition(@Nullable String name, Kind kind, List<Part> parts) {
    /** The name of every primary key. */
    public static final String PRIMARY = "PRIMARY";

    /** The name, else that of the first column, which servers choose. */
    public String called() {
        return name == null ? String.valueOf(parts.get(0).column()) : name;
    }

    /** The same under another name. */
    public KeyDefinition named(String other) {
        return new KeyDefinition(other, kind, parts);
    }

    /** What a key is for. */
    public enum Kind {
        PRIMARY,
        UNIQUE,
        /** An index that allows equal values. */
        PLAIN,
        /** Columns that refer to another table: the server makes an index of them where none serves. */
        FOREIGN
    }

    /**
     * A part of a key.
     *
     * @param column null for an expression
     * @param prefix how many characters or bytes of the column it holds; 0 for all
     */
    public record Part(@Nullable String column, int prefix) {}
}
