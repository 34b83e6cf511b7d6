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
    /** Whether reading begins at the place rather than by GTID. */
    private final boolean byPlace;

    private final @Nullable String gtid;
    private final @Nullable ExecutedGtids executed;

    VersionOrder(TransactionLine begin, String server, boolean mariaDb) {
        this(
                new FilePosition(begin.file(), begin.offset()),
                server,
                server.equals(begin.server()),
                begin.gtid(),
                executed(begin.executed(), mariaDb));
    }

    /** The order on a server where reading begins at a place in its log. */
    VersionOrder(FilePosition begin, @Nullable String server) {
        this(begin, server, true, null, null);
    }

    private VersionOrder(
            FilePosition begin,
            @Nullable String server,
            boolean byPlace,
            @Nullable String gtid,
            @Nullable ExecutedGtids executed) {
        this.begin = begin;
        this.server = server;
        this.byPlace = byPlace;
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
            if (place.gtid().equals(gtid)) {
                return !place.behind();
            }
            // transactions between others of a message are not among the executed if they have no entries
            return executed.contains(place.gtid()) || byPlace && isHere(place) && isBefore(place);
        }
        return isHere(place) ? isBefore(place) : place.gtid() == null;
    }

    private boolean isHere(VersionPlace place) {
        return String.valueOf(server).equals(place.server()) && !begin.file().isEmpty();
    }

    private boolean isBefore(VersionPlace place) {
        int order = new FilePosition(place.file(), place.offset()).compareTo(begin);
        return order < 0 || order == 0 && !place.behind();
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
