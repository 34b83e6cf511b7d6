package dev.sluice.change.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The server that a capture reads.
 *
 * @param address host and port
 * @param id UUID of a MySQL, {@code server-<id>} of a MariaDB server
 * @param primary whether it takes writes
 * @param executed GTIDs of what had been read before the place in the status; null where the source has none
 * @param notice what people should know although it runs, such as a jump; null if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CapturedServer(
        String address,
        @Nullable String id,
        boolean primary,
        @Nullable String executed,
        @Nullable String notice,
        @Nullable PurgeForecast purge) {}
