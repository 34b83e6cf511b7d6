package dev.sluice.change.message;

/** A message that does not follow docs/event-format.md; somebody else published it, or a newer version did. */
public final class MalformedMessage extends RuntimeException {
    public MalformedMessage(String message) {
        super(message);
    }
}
