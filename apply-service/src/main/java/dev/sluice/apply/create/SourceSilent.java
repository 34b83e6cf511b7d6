package dev.sluice.apply.create;

/** The source could not be asked for a definition; it may answer later. */
public final class SourceSilent extends Exception {
    private static final long serialVersionUID = 1;

    SourceSilent(String source, Throwable cause) {
        super("source " + source + " cannot be asked how it defines the table: " + cause.getMessage(), cause);
    }
}
