package dev.sluice.admin.configuration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsCertificates;
import dev.sluice.change.config.TlsMode;
import org.jspecify.annotations.Nullable;

/** A data source as the REST interface shows it: whether it has a password, never the password; the same of keys. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataSourceView(
        String name,
        DataSource.Kind kind,
        String host,
        int port,
        String username,
        boolean passwordSet,
        TlsMode tls,
        @Nullable String site,
        @Nullable CaptureSettings capture,
        @Nullable Certificates certificates,
        @Nullable String database) {
    /** What is public of the certificates. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Certificates(@Nullable String trusted, @Nullable String client, boolean clientKeySet) {}

    public static DataSourceView of(DataSource source) {
        TlsCertificates given = source.certificates();
        return new DataSourceView(
                source.name(),
                source.kind(),
                source.host(),
                source.port(),
                source.username(),
                !source.password().isEmpty(),
                source.tls(),
                source.site(),
                source.capture(),
                given == null ? null : new Certificates(given.trusted(), given.client(), given.clientKey() != null),
                source.database());
    }
}
