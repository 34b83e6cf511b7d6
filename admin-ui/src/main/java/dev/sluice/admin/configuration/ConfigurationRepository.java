package dev.sluice.admin.configuration;

import dev.sluice.change.config.ConfigurationCodec;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of configuration versions; rows are only ever added. */
@Repository
class ConfigurationRepository {
    private final JdbcClient jdbc;

    ConfigurationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ConfigurationVersion> newest() {
        return jdbc.sql("SELECT document, author, comment, activated_at FROM configuration_version"
                        + " ORDER BY version DESC LIMIT 1")
                .query(ConfigurationRepository::version)
                .optional();
    }

    Optional<ConfigurationVersion> find(long version) {
        return jdbc.sql("SELECT document, author, comment, activated_at FROM configuration_version WHERE version = ?")
                .param(version)
                .query(ConfigurationRepository::version)
                .optional();
    }

    /** The newest versions, newest first, without their documents. */
    List<HistoryEntry> history(int limit) {
        return jdbc.sql("SELECT version, activated_at, author, comment FROM configuration_version"
                        + " ORDER BY version DESC LIMIT ?")
                .param(limit)
                .query((row, n) -> new HistoryEntry(
                        row.getLong("version"), time(row), row.getString("author"), row.getString("comment")))
                .list();
    }

    /** Adds a version; throws {@link org.springframework.dao.DuplicateKeyException} if somebody else just did. */
    void insert(ConfigurationVersion version) {
        jdbc.sql("INSERT INTO configuration_version (version, document, author, comment, activated_at)"
                        + " VALUES (?, ?, ?, ?, ?)")
                .params(
                        version.version(),
                        new String(ConfigurationCodec.encode(version.document()), StandardCharsets.UTF_8),
                        version.author(),
                        version.comment(),
                        LocalDateTime.ofInstant(version.activatedAt(), ZoneOffset.UTC))
                .update();
    }

    private static ConfigurationVersion version(ResultSet row, int number) throws SQLException {
        byte[] document = row.getString("document").getBytes(StandardCharsets.UTF_8);
        return new ConfigurationVersion(
                ConfigurationCodec.decode(document), row.getString("author"), row.getString("comment"), time(row));
    }

    private static Instant time(ResultSet row) throws SQLException {
        return row.getObject("activated_at", LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
