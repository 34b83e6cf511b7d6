package dev.sluice.capture.schema;

import dev.sluice.binlog.ExecutedGtids;
import dev.sluice.binlog.FilePosition;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.change.schema.TableVersion;
import dev.sluice.change.schema.VersionPlace;
import org.jspecify.annotations.Nullable;

/**
 * Which versions hold where reading begins: by GTID, which is the same on all servers, else by file and offset on the
 * server they belong to. What has neither is from before there was another server.
 */
final class VersionOrder {
    private final FilePosition begin;
    private final @Nullable String server;
    private final @Nullable String gtid;
    private final @Nullable ExecutedGtids executed;

    VersionOrder(TransactionLine begin, String server, boolean mariaDb) {
        this(new FilePosition(begin.file(), begin.offset()), server, begin.gtid(), executed(begin.executed(), mariaDb));
    }

    VersionOrder(FilePosition begin, @Nullable String server, @Nullable String gtid, @Nullable ExecutedGtids executed) {
        this.begin = begin;
        this.server = server;
        this.gtid = gtid;
        this.executed = executed;
    }

    private static @Nullable ExecutedGtids executed(@Nullable String gtids, boolean mariaDb) {
        return gtids == null ? null : ExecutedGtids.parse(gtids, mariaDb);
    }

    /** Whether a version holds for the first transaction that is read. */
    boolean holds(TableVersion version) {
        VersionPlace place = version.place();
        if (place.gtid() != null && executed != null) {
            return place.gtid().equals(gtid) ? !place.behind() : executed.contains(place.gtid());
        }
        if (String.valueOf(server).equals(place.server()) && !begin.file().isEmpty()) {
            int order = new FilePosition(place.file(), place.offset()).compareTo(begin);
            return order < 0 || order == 0 && !place.behind();
        }
        return place.gtid() == null;
    }

    /** Whether one version is certain to be made behind another, however they came into the history. */
    static boolean isBehind(TableVersion one, TableVersion other) {
        VersionPlace place = one.place();
        VersionPlace than = other.place();
        if (place.server() == null || !place.server().equals(than.server())) {
            return false;
        }
        int order =
                new FilePosition(place.file(), place.offset()).compareTo(new FilePosition(than.file(), than.offset()));
        return order > 0 || order == 0 && place.behind() && !than.behind();
    }
}
