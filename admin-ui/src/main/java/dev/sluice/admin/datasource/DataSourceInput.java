package dev.sluice.admin.datasource;

import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.SourceServers;
import dev.sluice.change.config.TlsCertificates;
import dev.sluice.change.config.TlsMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data source as a caller gives it.
 *
 * @param port the kind's usual port if left out
 * @param password clear text, never given back; left out keeps the one that is there
 * @param tls PREFERRED if left out
 * @param certificates those that are there stay if left out; an empty object removes them
 * @param database of PostgreSQL, or service of Oracle
 */
record DataSourceInput(
        String name,
        DataSource.Kind kind,
        String host,
        @Nullable Integer port,
        @Nullable String username,

        @Schema(accessMode = Schema.AccessMode.WRITE_ONLY, format = "password") @Nullable
        String password,

        @Nullable TlsMode tls,
        @Nullable String site,
        @Nullable CaptureInput capture,
        @Nullable CertificatesInput certificates,
        @Nullable String database) {
    /**
     * How its binlog is read.
     *
     * @param start NOW if left out
     * @param serverId the one that is there stays if left out or 0; at first one that is made up
     * @param logMaxBytes 20 GB if left out
     * @param logMaxAge 7 days if left out
     * @param filter nothing is filtered if left out
     * @param heartbeat no heartbeat rows if left out
     * @param servers those that are there stay if left out; at first the data source's own address alone
     * @param retlBuffer no rows can be asked for at the source if left out
     */
    record CaptureInput(
            CaptureSettings.@Nullable StartPosition start,
            @Nullable Long serverId,
            @Nullable Long logMaxBytes,
            @Nullable Duration logMaxAge,
            @Nullable CaptureFilter filter,
            @Nullable Duration heartbeat,
            @Nullable SourceServers servers,
            @Nullable String retlBuffer) {
        CaptureSettings settings(@Nullable CaptureSettings kept) {
            CaptureSettings usual = CaptureSettings.fromNow();
            return new CaptureSettings(
                    Objects.requireNonNullElse(start, usual.start()),
                    replicaId(kept),
                    Objects.requireNonNullElse(logMaxBytes, usual.logMaxBytes()),
                    Objects.requireNonNullElse(logMaxAge, usual.logMaxAge()),
                    CaptureFilter.NONE.equals(filter) ? null : filter,
                    heartbeat,
                    kept == null ? null : kept.reset(),
                    servers == null && kept != null ? kept.servers() : servers,
                    retlBuffer);
        }

        private long replicaId(@Nullable CaptureSettings kept) {
            if (serverId != null && serverId != 0) {
                return serverId;
            }
            return kept == null ? CaptureSettings.newReplicaId() : kept.serverId();
        }
    }

    /** As the configuration holds it; what the input leaves out stays as {@code kept} has it. */
    DataSource toDataSource(SecretCipher cipher, @Nullable DataSource kept) {
        return new DataSource(
                name,
                kind,
                host,
                port == null ? usualPort() : port,
                Objects.requireNonNullElse(username, ""),
                password == null ? (kept == null ? "" : kept.password()) : cipher.encrypt(password),
                Objects.requireNonNullElse(tls, TlsMode.PREFERRED),
                site == null || site.isBlank() ? null : site,
                capture == null ? null : capture.settings(kept == null ? null : kept.capture()),
                certificates(cipher, kept == null ? null : kept.certificates()),
                database == null || database.isBlank() ? null : database.strip());
    }

    private @Nullable TlsCertificates certificates(SecretCipher cipher, @Nullable TlsCertificates kept) {
        return certificates == null ? kept : certificates.certificates(cipher, kept);
    }

    private int usualPort() {
        return switch (kind == null ? DataSource.Kind.MYSQL : kind) {
            case MYSQL, MARIADB -> 3306;
            case POSTGRESQL -> 5432;
            case ORACLE -> 1521;
            case REDIS -> 6379;
        };
    }

    @Override
    public String toString() {
        return "DataSourceInput[" + name + " " + kind + " " + host + ":" + port + "]";
    }
}
