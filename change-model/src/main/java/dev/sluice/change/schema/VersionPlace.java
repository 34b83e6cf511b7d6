package dev.sluice.change.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * From where on a version holds.
 *
 * @param server which the file and offset belong to
 * @param offset where a transaction begins
 * @param gtid of that transaction; null if it has none
 * @param behind whether the version holds behind that transaction, and not from its beginning on
 * @param time of its commit, microseconds since 1970; 0 if it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionPlace(
        @Nullable String server,
        String file,
        long offset,
        @Nullable String gtid,
        boolean behind,
        long time) {
    /** Whether two places are the same transaction, also on two servers. */
    public boolean sameTransaction(VersionPlace other) {
        return gtid != null
                ? gtid.equals(other.gtid)
                : other.gtid == null
                        && offset == other.offset
                        && file.equals(other.file)
                        && String.valueOf(server).equals(String.valueOf(other.server));
    }
}
