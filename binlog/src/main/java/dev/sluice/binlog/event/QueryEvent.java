package dev.sluice.binlog.event;

import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.row.CollationText;

/**
 * A statement in the log with its default schema.
 *
 * <p>Source: MySQL sources, Query_event.
 */
public record QueryEvent(String schema, String sql) {
    private static final int FLAGS2 = 0;
    private static final int SQL_MODE = 1;
    private static final int AUTO_INCREMENT = 3;
    private static final int CHARSET = 4;
    private static final int CATALOG = 6;

    public static QueryEvent parse(ByteCursor body, boolean compressed) {
        body.skip(4 + 4);
        int schemaLength = body.uint8();
        body.skip(2);
        ByteCursor status = body.slice(body.uint16());
        String schema = body.text(schemaLength);
        body.skip(1);
        int collation = clientCollation(status);
        if (compressed) {
            byte[] plain = MariaDbCompression.inflate(body.bytes(), body.position(), body.end());
            return new QueryEvent(schema, CollationText.decode(collation, plain, 0, plain.length));
        }
        return new QueryEvent(schema, CollationText.decode(collation, body.bytes(), body.position(), body.end()));
    }

    /** The client's collation number, in which the statement was written; 0 if the event does not say. */
    private static int clientCollation(ByteCursor status) {
        while (status.remaining() > 0) {
            int code = status.uint8();
            switch (code) {
                case FLAGS2, AUTO_INCREMENT -> status.skip(4);
                case SQL_MODE -> status.skip(8);
                case CATALOG -> status.skip(status.uint8());
                case CHARSET -> {
                    return status.uint16();
                }
                default -> {
                    return 0;
                }
            }
        }
        return 0;
    }
}
