package dev.sluice.change.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of the target that a mapping fills with one value for all rows of a source table.
 *
 * @param column name at the target
 * @param value text, in which {@code {schema}} and {@code {table}} stand for the names of the row's source table
 * @param key whether it belongs to the target's primary key, and so keeps apart rows of different tables that have one key
 */
public record ConstantColumn(String column, String value, boolean key) {
    static final String SCHEMA = "{schema}";
    static final String TABLE = "{table}";

    private static final int LONGEST_NAME = 64;
    private static final Pattern NAMES = Pattern.compile(Pattern.quote(SCHEMA) + "|" + Pattern.quote(TABLE));

    /** How many characters it may have in the rows of any source table; others may bring longer ones, but not much. */
    public int longest() {
        String longestName = "x".repeat(LONGEST_NAME);
        return Math.max(LONGEST_NAME, valueOf(longestName, longestName).length());
    }

    /** The value in rows of a source table. */
    public String valueOf(String schema, String table) {
        // not one replacement after the other: a schema may be called {table}
        return NAMES.matcher(value)
                .replaceAll(name -> Matcher.quoteReplacement(name.group().equals(SCHEMA) ? schema : table));
    }
}
