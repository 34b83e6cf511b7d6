package dev.sluice.change.message;

/** What happened to a row. */
public enum RowOp {
    INSERT('c'),
    UPDATE('u'),
    DELETE('d'),
    /** Copied by a snapshot. */
    SNAPSHOT('r'),
    /** All rows of the table are gone, because a copy of the whole table follows; has no cells. */
    EMPTY('e');

    private final char code;

    RowOp(char code) {
        this.code = code;
    }

    /** The letter in a row line. */
    public char code() {
        return code;
    }

    static RowOp of(byte code) {
        return switch (code) {
            case 'c' -> INSERT;
            case 'u' -> UPDATE;
            case 'd' -> DELETE;
            case 'r' -> SNAPSHOT;
            case 'e' -> EMPTY;
            default -> throw new MalformedMessage("unknown row operation '" + (char) code + "'");
        };
    }
}
