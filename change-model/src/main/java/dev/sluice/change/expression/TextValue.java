package dev.sluice.change.expression;

import dev.sluice.change.condition.RowImage;
import dev.sluice.change.message.LineBuffer;

/**
 * Text, or a time as the cells of its type write it.
 *
 * @param type {@link #PLAIN}, or the type of the times
 * @param longest characters that it has at most
 */
record TextValue(String type, int longest, Writer writer) implements Value {
    static final String PLAIN = "text";

    /** No expression makes more of a row, for it is held in memory. */
    static final int MOST_BYTES = 64 << 20;

    private static final int UNBOUNDED = 1 << 28;

    /** Makes it from a row. */
    @FunctionalInterface
    interface Writer {
        /** Appends it in UTF-8; appends nothing and says false if it is NULL. */
        boolean append(RowImage row, LineBuffer out);
    }

    static TextValue of(long longest, Writer writer) {
        return new TextValue(PLAIN, (int) Math.min(UNBOUNDED, longest), writer);
    }

    boolean isTime() {
        return !type.equals(PLAIN);
    }

    TextValue plain() {
        return isTime() ? of(longest, writer) : this;
    }

    String what() {
        return isTime() ? type : "text";
    }

    /** Refuses to go on with more than a row may get. */
    static void requireRoom(long bytes) {
        if (bytes > MOST_BYTES) {
            throw new InvalidExpression("gives a text of more than " + (MOST_BYTES >> 20) + " MB; shorten it by LEFT");
        }
    }
}
