package dev.sluice.ddl.translation;

/** Something has no counterpart at a target; the message names it. */
public final class NoTranslation extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoTranslation(String message) {
        super(message);
    }
}
