package dev.sluice.testsupport.servers;

/** A server could not be fetched, started or reached; the message says which and what its log says. */
public final class ServerStartException extends RuntimeException {
    ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }

    ServerStartException(String message) {
        super(message);
    }
}
