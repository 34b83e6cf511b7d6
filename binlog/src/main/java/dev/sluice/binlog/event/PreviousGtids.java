package dev.sluice.binlog.event;

import dev.sluice.binlog.protocol.ByteCursor;
import java.util.StringJoiner;

/**
 * What stands at the head of each binlog file: the GTIDs of everything before it, as text. Source: MySQL sources,
 * Gtid_set::encode; MariaDB documentation, GTID_LIST_EVENT.
 */
public final class PreviousGtids {
    private static final long NUMBER_OF_LIST = 0x0fff_ffffL;
    private static final int TAGGED = 1;

    private PreviousGtids() {}

    /** PREVIOUS_GTIDS (35) of MySQL in both formats, the second with tags. */
    public static String mysql(ByteCursor body) {
        long head = body.int64();
        boolean tagged = head >>> 56 == TAGGED;
        long origins = tagged ? head >>> 8 & 0xffff_ffff_ffffL : head;
        StringJoiner set = new StringJoiner(",");
        for (long i = 0; i < origins; i++) {
            StringBuilder group = new StringBuilder(GtidEvent.uuid(body.take(16)));
            if (tagged) {
                // one byte, for a tag has at most 32
                int length = body.uint8() >> 1;
                group.append(length == 0 ? "" : ":").append(body.text(length));
            }
            for (long intervals = body.int64(); intervals > 0; intervals--) {
                group.append(':').append(body.int64());
                group.append('-').append(body.int64() - 1);
            }
            set.add(group);
        }
        return set.toString();
    }

    /** GTID_LIST (163) of MariaDB; of several GTIDs of a domain the last one is the newest. */
    public static String mariaDb(ByteCursor body) {
        StringJoiner list = new StringJoiner(",");
        for (long gtids = body.uint32() & NUMBER_OF_LIST; gtids > 0; gtids--) {
            long domain = body.uint32();
            long server = body.uint32();
            list.add(domain + "-" + server + "-" + Long.toUnsignedString(body.int64()));
        }
        return list.toString();
    }
}
