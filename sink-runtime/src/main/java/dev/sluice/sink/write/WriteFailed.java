package dev.sluice.sink.write;

/** A batch could not be written. */
public final class WriteFailed extends Exception {
    private final transient Failure failure;

    public WriteFailed(Failure failure) {
        super(failure.reason());
        this.failure = failure;
    }

    public WriteFailed(Failure failure, Throwable cause) {
        super(failure.reason(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
