package dev.sluice.ddl;

import org.jspecify.annotations.Nullable;

/** Character set and collation that a statement names for a table or schema; null where it names none. */
public record TableCharset(
        @Nullable String charset, @Nullable String collation) {
    /** Nothing named. */
    public static final TableCharset NONE = new TableCharset(null, null);
}
