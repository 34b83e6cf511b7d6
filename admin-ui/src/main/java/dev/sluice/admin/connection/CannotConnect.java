package dev.sluice.admin.connection;

/** A server cannot be reached or does not let us in; the message says the fix and holds no secret. */
public final class CannotConnect extends Exception {
    CannotConnect(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
