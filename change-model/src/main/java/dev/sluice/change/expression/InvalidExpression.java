package dev.sluice.change.expression;

/** An expression that cannot be understood or does not fit a table or row; the message names the part and the fix. */
public final class InvalidExpression extends RuntimeException {
    InvalidExpression(String message) {
        super(message);
    }
}
