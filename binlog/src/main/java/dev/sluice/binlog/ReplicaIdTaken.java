package dev.sluice.binlog;

import java.io.IOException;

/**
 * Somebody else has begun to read the same source under the id of this reader, which the source therefore has cut off.
 * Fatal: they would go on cutting each other off until one of them has another id.
 */
public final class ReplicaIdTaken extends IOException {
    private static final long serialVersionUID = 1;

    ReplicaIdTaken(long id, Throwable cause) {
        super(
                "another replica has connected to the source with the replica id " + id
                        + " of this one, and the source serves only the last that came; give one of the two an id that no"
                        + " other replica of the source has (capture.serverId of a data source), or stop the other"
                        + " (SHOW PROCESSLIST on the source shows from where both read)",
                cause);
    }
}
