package dev.sluice.capture.reading;

import dev.sluice.binlog.GtidSet;
import dev.sluice.binlog.MariaDbGtidList;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a server has not executed. Stateless. */
final class MissingGtids {
    private MissingGtids() {}

    /** Those GTIDs of a set that a server lacks, as text; empty if it has all. */
    static String of(String wanted, SourceServer server) {
        if (!server.mariaDb()) {
            return GtidSet.parse(wanted)
                    .subtract(GtidSet.parse(server.executed()))
                    .toString();
        }
        MariaDbGtidList has = MariaDbGtidList.parse(server.executed());
        return Arrays.stream(wanted.split(","))
                .filter(gtid -> !gtid.isBlank() && !has.contains(gtid))
                .collect(Collectors.joining(","));
    }
}
