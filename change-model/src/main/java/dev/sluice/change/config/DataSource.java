package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that pipelines read from or write to.
 *
 * @param name unique, {@code [a-z0-9-]}
 * @param username empty where the server needs none
 * @param password encrypted by {@link SecretCipher}, never clear text; empty where the server needs none
 * @param site name that marks changes first made here; two-way channels need it
 * @param capture how its binlog is read; null if it is never a source
 * @param certificates of the TLS with it; null for those of the Java installation and no client certificate
 * @param database of PostgreSQL, or service of Oracle, that is connected to; null for other kinds
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
        @Nullable CaptureSettings capture,
        @Nullable TlsCertificates certificates,
        @Nullable String database) {
    public DataSource(
            String name,
            Kind kind,
            String host,
            int port,
            String username,
            String password,
            TlsMode tls,
            @Nullable String site,
            @Nullable CaptureSettings capture) {
        this(name, kind, host, port, username, password, tls, site, capture, null, null);
    }

    /** What speaks there. */
    public enum Kind {
        MYSQL,
        MARIADB,
        POSTGRESQL,
        ORACLE,
        REDIS;

        /** Whether it can be read from. */
        public boolean capturable() {
            return this == MYSQL || this == MARIADB;
        }

        /** Whether a connection is one to a database of the server, in which schemas are. */
        public boolean needsDatabase() {
            return this == POSTGRESQL || this == ORACLE;
        }
    }

    /** The site of changes made here: its own name unless one is given. */
    public String siteName() {
        return site == null || site.isBlank() ? name : site;
    }

    /** Every server that it may be read from, its own address first. */
    public List<ServerAddress> servers() {
        List<ServerAddress> all = new ArrayList<>();
        all.add(new ServerAddress(host, port));
        SourceServers further = capture == null ? null : capture.servers();
        if (further != null && further.standbys() != null) {
            further.standbys().stream().filter(Objects::nonNull).forEach(all::add);
        }
        return all;
    }

    public DataSource withCapture(CaptureSettings other) {
        return new DataSource(name, kind, host, port, username, password, tls, site, other, certificates, database);
    }

    public DataSource withCertificates(@Nullable TlsCertificates other) {
        return new DataSource(name, kind, host, port, username, password, tls, site, capture, other, database);
    }

    public DataSource withDatabase(@Nullable String other) {
        return new DataSource(name, kind, host, port, username, password, tls, site, capture, certificates, other);
    }

    @Override
    public String toString() {
        return "DataSource[" + name + " " + kind + " " + host + ":" + port + "]";
    }
}
