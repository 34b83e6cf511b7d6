package dev.sluice.change.condition;

/** A constant as the condition writes it: a number, or text in quotes. */
record Literal(String text, boolean number) {
    @Override
    public String toString() {
        return number ? text : "'" + text + "'";
    }
}
