package dev.sluice.change.message;

/** What a line of a message is; its first member's name tells. */
public enum LineKind {
    TABLE,
    TRANSACTION,
    ROW,
    COMMIT,
    DDL,
    CLAIM,
    POSITION,
    SNAPSHOT;

    static LineKind at(byte[] body, int from, int to) {
        if (to - from > 6 && body[from] == '{' && body[from + 1] == '"') {
            switch (body[from + 2]) {
                case 'o':
                    return ROW;
                case 't':
                    return body[from + 3] == 'x' ? TRANSACTION : TABLE;
                case 'd':
                    return DDL;
                case 'p':
                    return POSITION;
                case 's':
                    return SNAPSHOT;
                case 'c':
                    return body[from + 3] == 'o' ? COMMIT : CLAIM;
                default:
                    break;
            }
        }
        throw new MalformedMessage("unknown line at byte " + from);
    }
}
