package dev.sluice.capture.reading;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server behind a data source: its address, its identity, and ours towards it. */
public final class SourceServer {
    /** For connecting and for each answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private SourceServer() {}

    /** Address and login; the password is decrypted. */
    public static SourceAddress address(DataSource source, SecretCipher cipher) {
        return new SourceAddress(
                source.host(),
                source.port(),
                source.username(),
                cipher.decrypt(source.password()),
                new TlsOptions(TlsOptions.Mode.valueOf(source.tls().name()), null));
    }

    /** The server's UUID; null for MariaDB, which has none. */
    public static @Nullable String uuid(SourceAddress source) throws IOException {
        try (SourceConnection connection = SourceConnection.open(source, TIMEOUT)) {
            return connection.version().mariaDb()
                    ? null
                    : connection.query("SELECT @@server_uuid").single().orElse(null);
        }
    }
}
