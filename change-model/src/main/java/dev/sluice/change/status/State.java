package dev.sluice.change.status;

/** What a capture, dispatcher or partition is doing. */
public enum State {
    /** Another instance owns it. */
    STANDBY,
    /** Takes over: connects and finds its place. */
    STARTING,
    RUNNING,
    PAUSED,
    /** A retryable error; it tries again by itself. */
    RETRYING,
    /** A row is refused; tried again a limited number of times, then a person must release it. */
    SUSPENDED,
    /** A person must do something; the error says what. */
    FAILED,
    STOPPED
}
