package dev.sluice.broker;

/** The broker did not take a message: nacked, returned as unroutable, or the channel is gone. Reopen and resume. */
public final class PublishFailed extends RuntimeException {
    public PublishFailed(String message) {
        super(message);
    }
}
