package dev.sluice.change.config;

import java.util.Locale;
import java.util.Set;

/** The schemas of a server that are its own or Sluice's, of which no rows are sent. */
public final class ReservedSchemas {
    public static final Set<String> NAMES =
            Set.of("mysql", "sys", "information_schema", "performance_schema", "sluice");

    private ReservedSchemas() {}

    /** Whether a schema is one of them, however it is written. */
    public static boolean has(String schema) {
        return NAMES.contains(schema.toLowerCase(Locale.ROOT));
    }
}
