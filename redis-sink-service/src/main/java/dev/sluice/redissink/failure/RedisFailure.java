package dev.sluice.redissink.failure;

/** Redis could not do what it was asked; nothing is known to be written. The message names the server and the fix. */
public final class RedisFailure extends RuntimeException {
    /** What helps. */
    public enum Kind {
        /** Waiting: the same again will work once Redis does. */
        RETRYABLE,
        /** A person: settings or privileges are wrong. */
        FATAL
    }

    private final Kind kind;

    public RedisFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public RedisFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
