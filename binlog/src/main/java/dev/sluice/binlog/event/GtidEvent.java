package dev.sluice.binlog.event;

import dev.sluice.binlog.protocol.ByteCursor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of each transaction: its GTID, if it has one, and when it was committed.
 *
 * @param commitMicros when the transaction was committed on the server where it began, in microseconds since 1970; 0 if
 *     the event does not say
 * @param mariaDb whether MariaDB wrote it
 * @param standalone MariaDB: the transaction is the one statement that follows, without an end of its own
 * @param preparedXa MariaDB: the transaction is prepared only
 * @param partOfAlter MariaDB: the statement that follows begins or gives up an ALTER in two phases, and changes nothing
 */
public record GtidEvent(
        @Nullable String gtid,
        long commitMicros,
        boolean mariaDb,
        boolean standalone,
        boolean partOfAlter,
        boolean preparedXa) {
    private static final int MYSQL_FIXED = 1 + 16 + 8;
    private static final int LOGICAL_CLOCK = 2;
    private static final long ORIGINAL_FOLLOWS = 1L << 55;
    private static final int STANDALONE = 1;
    private static final int GROUP_COMMIT = 2;
    private static final int PREPARED_XA = 64;
    private static final int COMPLETED_XA = 128;
    private static final int START_ALTER = 2;
    private static final int ROLLBACK_ALTER = 8;
    private static final int MULTI_ENGINE = 1;

    /** GTID (33) and ANONYMOUS_GTID (34) of MySQL; source: MySQL sources, Gtid_event. */
    public static GtidEvent mysql(ByteCursor body, boolean anonymous) {
        body.skip(1);
        String uuid = uuid(body.take(16));
        long number = body.int64();
        long micros = 0;
        if (body.remaining() >= 1 + 16 && body.uint8() == LOGICAL_CLOCK) {
            body.skip(16);
            // 5.7 stops here
            if (body.remaining() >= 7) {
                micros = body.unsigned(7);
                if ((micros & ORIGINAL_FOLLOWS) != 0) {
                    micros = body.unsigned(7);
                }
            }
        }
        return new GtidEvent(anonymous ? null : uuid + ":" + number, micros, false, false, false, false);
    }

    /**
     * GTID_TAGGED (42), numbered fields of variable length; source: MySQL sources, Gtid_event::define_fields and
     * libs/mysql/serialization.
     */
    public static GtidEvent tagged(ByteCursor body) {
        VariableLength in = new VariableLength(body);
        in.unsigned();
        in.unsigned();
        in.unsigned();
        String uuid = "";
        String tag = "";
        long number = 0;
        long immediate = 0;
        long original = 0;
        while (body.remaining() > 0) {
            int field = (int) in.unsigned();
            switch (field) {
                case 0 -> in.unsigned();
                case 1 -> {
                    byte[] bytes = new byte[16];
                    for (int i = 0; i < 16; i++) {
                        bytes[i] = (byte) in.unsigned();
                    }
                    uuid = uuid(bytes);
                }
                case 2 -> number = in.signed();
                case 3 -> tag = body.text(in.unsigned());
                case 4, 5 -> in.signed();
                case 6 -> immediate = in.unsigned();
                case 7 -> original = in.unsigned();
                default -> body.skip(body.remaining());
            }
        }
        if (uuid.isEmpty() || number <= 0) {
            throw new IllegalArgumentException("a tagged GTID without its parts");
        }
        String gtid = tag.isEmpty() ? uuid + ":" + number : uuid + ":" + tag + ":" + number;
        return new GtidEvent(gtid, original != 0 ? original : immediate, false, false, false, false);
    }

    /** GTID (162) of MariaDB: number, domain, flags; source: MariaDB documentation, GTID_EVENT. */
    public static GtidEvent mariaDb(ByteCursor body, long serverId) {
        long number = body.int64();
        long domain = body.uint32();
        int flags = body.uint8();
        boolean xa = (flags & (PREPARED_XA | COMPLETED_XA)) != 0;
        boolean partOfAlter = false;
        if (!xa) {
            if ((flags & GROUP_COMMIT) != 0) {
                body.skip(8);
            }
            // before 10.8 zero bytes stand here
            int extra = body.remaining() > 0 ? body.uint8() : 0;
            int known = extra & ~MULTI_ENGINE;
            partOfAlter = (known & (START_ALTER | ROLLBACK_ALTER)) != 0;
        }
        String gtid = domain + "-" + serverId + "-" + Long.toUnsignedString(number);
        return new GtidEvent(gtid, 0, true, (flags & STANDALONE) != 0, partOfAlter, (flags & PREPARED_XA) != 0);
    }

    static String uuid(byte[] bytes) {
        ByteCursor cursor = new ByteCursor(bytes, 0, 16);
        return new UUID(Long.reverseBytes(cursor.int64()), Long.reverseBytes(cursor.int64())).toString();
    }

    /** MySQL's serialisation: as many one bits at the bottom of the first byte as bytes follow it. */
    private record VariableLength(ByteCursor in) {
        long unsigned() {
            int first = in.uint8();
            int more = Integer.numberOfTrailingZeros(~first);
            if (more >= 8) {
                return in.int64();
            }
            long rest = more == 0 ? 0 : in.unsigned(more);
            return first >> more + 1 | (rest << 7 - more);
        }

        long signed() {
            long value = unsigned();
            return value >>> 1 ^ -(value & 1);
        }
    }
}
