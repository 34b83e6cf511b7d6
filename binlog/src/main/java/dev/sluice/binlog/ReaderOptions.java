package dev.sluice.binlog;

import java.time.Duration;

/**
 * How to read a source.
 *
 * @param serverId number this reader has among the replicas of the source; two readers with the same one push each other
 *     out
 * @param heartbeat how often an idle source must give a sign of life; three silent periods count as a lost connection
 * @param timeout for connecting and for each answer before the dump
 */
public record ReaderOptions(SourceAddress address, long serverId, Duration heartbeat, Duration timeout) {
    public ReaderOptions {
        if (serverId < 1 || serverId > 0xffff_ffffL) {
            throw new IllegalArgumentException("serverId must be from 1 to 4294967295, not " + serverId);
        }
        if (heartbeat.isNegative() || heartbeat.isZero()) {
            throw new IllegalArgumentException("heartbeat must be longer than zero");
        }
    }

    public ReaderOptions(SourceAddress address, long serverId, Duration heartbeat) {
        this(address, serverId, heartbeat, Duration.ofSeconds(10));
    }
}
