package dev.sluice.change.message;

/** Walks over the lines of a message without copying or parsing them. Not thread-safe; reusable. */
public final class LineScanner {
    private byte[] body = new byte[0];
    private int from;
    private int to;
    private int next;
    private LineKind kind = LineKind.ROW;

    public LineScanner over(byte[] newBody) {
        body = newBody;
        next = 0;
        return this;
    }

    /** Moves to the next line; false at the end. */
    public boolean next() {
        if (next >= body.length) {
            return false;
        }
        from = next;
        to = from;
        while (to < body.length && body[to] != '\n') {
            to++;
        }
        next = to + 1;
        kind = LineKind.at(body, from, to);
        return true;
    }

    public LineKind kind() {
        return kind;
    }

    public byte[] body() {
        return body;
    }

    /** First byte of the line. */
    public int from() {
        return from;
    }

    /** Behind the last byte of the line; the newline is not part of it. */
    public int to() {
        return to;
    }
}
