package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a row becomes a Redis entry.
 *
 * @param key template such as {@code user:{id}}; names in braces are columns
 * @param ttl after which the entry expires by itself; null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CacheRule(String key, Format format, @Nullable Duration ttl) {
    /** How the row's columns are stored. */
    public enum Format {
        /** One string: a JSON object. */
        JSON,
        /** A Redis hash, one field a column. */
        HASH
    }
}
