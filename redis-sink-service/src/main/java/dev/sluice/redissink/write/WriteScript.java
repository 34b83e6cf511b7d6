package dev.sluice.redissink.write;

import dev.sluice.redissink.projection.CacheChange;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The script that writes a chunk and its watermark atomically, and how its arguments are laid out. */
final class WriteScript {
    static final byte[] TEXT = read();

    private static final byte[] STORE = {'S'};
    private static final byte[] STORE_HASH = {'H'};
    private static final byte[] REMOVE = {'D'};

    private WriteScript() {}

    /** Sends a chunk; the reply is the watermark that then holds. */
    static RedisFuture<byte @Nullable []> call(
            RedisAsyncCommands<byte[], byte[]> redis,
            String digest,
            Partition partition,
            Chunk chunk,
            Watermark before,
            Watermark after) {
        List<byte[]> keys = new ArrayList<>(chunk.size() + 1);
        List<byte[]> arguments = new ArrayList<>(chunk.size() * 3 + 2);
        keys.add(MarkText.key(partition));
        arguments.add(MarkText.encode(before));
        arguments.add(MarkText.encode(after));
        for (CacheChange change : chunk.changes()) {
            keys.add(change.key().bytes());
            add(change, arguments);
        }
        return redis.evalsha(
                digest, ScriptOutputType.VALUE, keys.toArray(new byte[0][]), arguments.toArray(new byte[0][]));
    }

    private static void add(CacheChange change, List<byte[]> arguments) {
        if (change instanceof CacheChange.Store store) {
            arguments.add(STORE);
            arguments.add(ascii(store.ttlMillis()));
            arguments.add(store.value());
        } else if (change instanceof CacheChange.StoreHash hash
                && !hash.fields().isEmpty()) {
            arguments.add(STORE_HASH);
            arguments.add(ascii(hash.ttlMillis()));
            arguments.add(ascii(hash.fields().size()));
            arguments.addAll(hash.fields());
        } else {
            arguments.add(REMOVE);
        }
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] read() {
        try (InputStream in = WriteScript.class.getResourceAsStream("/write-chunk.lua")) {
            if (in == null) {
                throw new IllegalStateException("write-chunk.lua is missing in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
