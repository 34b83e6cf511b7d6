package dev.sluice.admin.configuration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsMode;
import org.jspecify.annotations.Nullable;

/** A data source as the REST interface shows it: whether it has a password, never the password. */
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
        @Nullable CaptureSettings capture) {
    public static DataSourceView of(DataSource source) {
        return new DataSourceView(
                source.name(),
                source.kind(),
                source.host(),
                source.port(),
                source.username(),
                !source.password().isEmpty(),
                source.tls(),
                source.site(),
                source.capture());
    }
}
