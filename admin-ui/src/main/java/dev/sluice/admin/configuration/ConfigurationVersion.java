package dev.sluice.admin.configuration;

import dev.sluice.change.config.Configuration;
import java.time.Instant;

/** A configuration as it was activated. */
public record ConfigurationVersion(Configuration document, String author, String comment, Instant activatedAt) {
    /** What there is before the first change. */
    public static final ConfigurationVersion NONE =
            new ConfigurationVersion(Configuration.EMPTY, "", "", Instant.EPOCH);

    public long version() {
        return document.version();
    }
}
