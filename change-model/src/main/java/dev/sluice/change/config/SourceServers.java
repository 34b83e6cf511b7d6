package dev.sluice.change.config;

import java.util.List;

/**
 * The servers of one replication, any of which the capture may read.
 *
 * @param standbys tried in this order after the data source's own address
 */
public record SourceServers(List<ServerAddress> standbys, Role read) {
    /** Which kind of server is read. */
    public enum Role {
        /** The one that takes writes. */
        PRIMARY,
        /** One that does not, as long as there is one; else the primary. */
        REPLICA
    }
}
