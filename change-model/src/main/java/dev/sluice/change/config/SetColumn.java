package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of the target that a mapping fills: with one value for all rows of a source table, or with what an expression
 * makes of each row.
 *
 * @param column name at the target
 * @param value text, in which {@code {schema}} and {@code {table}} stand for the names of the row's source table
 * @param expression in SQL, of the source's columns; there is either a value or an expression
 * @param key whether it belongs to the target's primary key, and so keeps apart rows of different tables that have one key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SetColumn(
        String column, @Nullable String value, @Nullable String expression, boolean key) {
    static final String SCHEMA = "{schema}";
    static final String TABLE = "{table}";

    private static final int LONGEST_NAME = 64;
    private static final Pattern NAMES = Pattern.compile(Pattern.quote(SCHEMA) + "|" + Pattern.quote(TABLE));

    /** One value. */
    public SetColumn(String column, String value, boolean key) {
        this(column, value, null, key);
    }

    /** What an expression makes of each row. */
    public static SetColumn computed(String column, String expression) {
        return new SetColumn(column, null, expression, false);
    }

    /** How many characters a value may have in the rows of any source table; others may bring longer ones, but not much. */
    public int longest() {
        String longestName = "x".repeat(LONGEST_NAME);
        return Math.max(LONGEST_NAME, valueOf(longestName, longestName).length());
    }

    /** The value in rows of a source table; there must be one. */
    public String valueOf(String schema, String table) {
        // not one replacement after the other: a schema may be called {table}
        return NAMES.matcher(Objects.requireNonNull(value, "an expression has no value"))
                .replaceAll(name -> Matcher.quoteReplacement(name.group().equals(SCHEMA) ? schema : table));
    }
}
