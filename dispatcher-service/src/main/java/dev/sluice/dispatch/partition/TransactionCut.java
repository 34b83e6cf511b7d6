package dev.sluice.dispatch.partition;

/** The transaction line under which the current rows stand, as a slice of its message. Reused; not thread-safe. */
public final class TransactionCut {
    private byte[] body = {};
    private int from;
    private int to;
    private long serial;

    /** Stands on another line, given without its newline. */
    public void at(byte[] newBody, int newFrom, int newTo) {
        body = newBody;
        from = newFrom;
        to = newTo;
        serial++;
    }

    public byte[] body() {
        return body;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** Grows with each line. */
    long serial() {
        return serial;
    }
}
