package dev.sluice.binlog.event;

import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.row.CollationText;

/**
 * A statement in the log with what the session had set.
 *
 * <p>Source: MySQL sources, Query_event.
 *
 * @param sqlMode bits of sql_mode; 0 if the event does not say
 * @param serverCollation number of collation_server; 0 if the event does not say
 */
public record QueryEvent(String schema, String sql, long sqlMode, int serverCollation) {
    private static final int FLAGS2 = 0;
    private static final int SQL_MODE = 1;
    private static final int AUTO_INCREMENT = 3;
    private static final int CHARSET = 4;
    private static final int CATALOG = 6;

    /** What stands in front of the statement; the client's collation is the one it was written in. */
    private record Session(long sqlMode, int clientCollation, int serverCollation) {}

    public static QueryEvent parse(ByteCursor body, boolean compressed) {
        body.skip(4 + 4);
        int schemaLength = body.uint8();
        body.skip(2);
        ByteCursor status = body.slice(body.uint16());
        String schema = body.text(schemaLength);
        body.skip(1);
        Session session = session(status);
        byte[] bytes = body.bytes();
        int from = body.position();
        int to = body.end();
        if (compressed) {
            bytes = MariaDbCompression.inflate(bytes, from, to);
            from = 0;
            to = bytes.length;
        }
        String sql = CollationText.decode(session.clientCollation, bytes, from, to);
        return new QueryEvent(schema, sql, session.sqlMode, session.serverCollation);
    }

    private static Session session(ByteCursor status) {
        long sqlMode = 0;
        while (status.remaining() > 0) {
            int code = status.uint8();
            switch (code) {
                case FLAGS2, AUTO_INCREMENT -> status.skip(4);
                case SQL_MODE -> sqlMode = status.unsigned(8);
                case CATALOG -> status.skip(status.uint8());
                case CHARSET -> {
                    int client = status.uint16();
                    status.skip(2);
                    return new Session(sqlMode, client, status.uint16());
                }
                default -> {
                    return new Session(sqlMode, 0, 0);
                }
            }
        }
        return new Session(sqlMode, 0, 0);
    }
}
