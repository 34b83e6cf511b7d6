package dev.sluice.redissink;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsMode;
import dev.sluice.redissink.write.RedisConnections;
import dev.sluice.redissink.write.RedisWriter;
import dev.sluice.testsupport.servers.RedisConnection;
import dev.sluice.testsupport.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the tests of this service ask of a Redis server, with a connection for each question. */
public record Redis(RedisServer server) {
    public static final String SECRET_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    public static final SecretCipher CIPHER = new SecretCipher(SECRET_KEY);

    public DataSource target() {
        return target(server.password());
    }

    public DataSource target(String password) {
        return new DataSource(
                "cache",
                DataSource.Kind.REDIS,
                server.host(),
                server.port(),
                "",
                CIPHER.encrypt(password),
                TlsMode.DISABLED,
                null,
                null);
    }

    public RedisWriter writer(RedisConnections connections, RedisWriter.ChunkLimits limits) {
        return new RedisWriter(connections, connections.address(target()), limits);
    }

    public @Nullable Object ask(String... words) {
        try (RedisConnection connection = server.connect()) {
            return connection.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public @Nullable String get(String key) {
        return (String) ask("GET", key);
    }

    public Map<String, String> hash(String key) {
        List<?> flat = (List<?>) ask("HGETALL", key);
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; flat != null && i < flat.size(); i += 2) {
            map.put((String) flat.get(i), (String) flat.get(i + 1));
        }
        return map;
    }

    /** All strings and hashes below a prefix, a hash as the text of its sorted map. */
    public Map<String, String> entries(String prefix) {
        Map<String, String> all = new HashMap<>();
        try (RedisConnection connection = server.connect()) {
            List<?> keys = new ArrayList<>(
                    (List<?>) java.util.Objects.requireNonNull(connection.command("KEYS", prefix + "*")));
            for (Object key : keys) {
                String name = (String) key;
                all.put(
                        name,
                        "hash".equals(connection.command("TYPE", name))
                                ? hash(name).toString()
                                : (String) connection.command("GET", name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
