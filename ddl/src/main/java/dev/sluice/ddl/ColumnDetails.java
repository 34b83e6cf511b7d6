package dev.sluice.ddl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a definition says of a column that matters only to whoever makes the column elsewhere.
 *
 * @param word the type's own first word in lower case: "point" where the type is "geometry"
 * @param numbers in parentheses behind the type
 * @param defaultValue as it is written, but a string as {@link StandardLiteral} has it; null without
 * @param comment null without
 * @param generated how it is computed, as it is written; null if it is not
 */
public record ColumnDetails(
        String word,
        List<Integer> numbers,
        boolean zerofill,
        @Nullable String defaultValue,
        @Nullable String comment,
        boolean autoIncrement,
        @Nullable String generated) {
    /** The first number in the parentheses, or another where there are none. */
    public int number(int otherwise) {
        return numbers.isEmpty() ? otherwise : numbers.get(0);
    }

    /** The same for a column whose values are all told. */
    public ColumnDetails plain() {
        return new ColumnDetails(word, numbers, zerofill, defaultValue, comment, autoIncrement, null);
    }
}
