package dev.sluice.capture.schema;

/**
 * A part of a key.
 *
 * @param ordinal of its column in the row image; {@link #EXPRESSION} if it is none
 * @param whole whether the key holds all of the column and not only its beginning
 */
public record KeyPart(int ordinal, boolean whole) {
    /** The ordinal of a part that is an expression or a column that the row image does not have. */
    public static final int EXPRESSION = -1;
}
