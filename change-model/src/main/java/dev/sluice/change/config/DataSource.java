package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A server that pipelines read from or write to.
 *
 * @param name unique, {@code [a-z0-9-]}
 * @param username empty where the server needs none
 * @param password encrypted by {@link SecretCipher}, never clear text; empty where the server needs none
 * @param site name that marks changes first made here; two-way channels need it
 * @param capture how its binlog is read; null if it is never a source
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataSource(
        String name,
        Kind kind,
        String host,
        int port,
        String username,
        String password,
        TlsMode tls,
        @Nullable String site,
        @Nullable CaptureSettings capture) {
    /** What speaks there. */
    public enum Kind {
        MYSQL,
        MARIADB,
        ORACLE,
        REDIS;

        /** Whether it can be read from. */
        public boolean capturable() {
            return this == MYSQL || this == MARIADB;
        }
    }

    /** The site of changes made here: its own name unless one is given. */
    public String siteName() {
        return site == null || site.isBlank() ? name : site;
    }

    @Override
    public String toString() {
        return "DataSource[" + name + " " + kind + " " + host + ":" + port + "]";
    }
}
