package dev.sluice.change.config;

/** A configuration that is refused at the door; names the field and the fix. */
public final class InvalidConfiguration extends RuntimeException {
    private final String field;

    public InvalidConfiguration(String field, String fix) {
        super(field + ": " + fix);
        this.field = field;
    }

    /** Path of the field, such as {@code channels[0].pipelines[1].target}. */
    public String field() {
        return field;
    }
}
