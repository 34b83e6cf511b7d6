package dev.sluice.redissink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.redissink.Redis;
import dev.sluice.redissink.failure.RedisFailure;
import dev.sluice.redissink.projection.CacheChange;
import dev.sluice.redissink.projection.CacheKey;
import dev.sluice.redissink.write.RedisWriter.ChunkLimits;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.testsupport.servers.RedisServer;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisWriterIT {
    private static final Partition PARTITION = new Partition("shop", 3);
    private static final String MARK = "sluice:watermark:shop:3";
    private static final Watermark TEN = new Watermark(1, 10);

    private static RedisConnections connections;
    private static Redis redis;

    private RedisWriter writer;

    @BeforeAll
    static void connect() {
        connections = new RedisConnections(Redis.CIPHER);
        redis = new Redis(SharedServers.redis());
    }

    @AfterAll
    static void disconnect() {
        connections.close();
    }

    @BeforeEach
    void clear() {
        redis.ask("FLUSHALL");
        writer = redis.writer(connections, ChunkLimits.DEFAULT);
    }

    @Test
    void writesEntriesAndWatermarkTogether() throws Exception {
        assertThat(writer.watermark(PARTITION)).isEqualTo(Watermark.NONE);

        assertThat(write(writer, Watermark.NONE, TEN, store("a", "1"), hash("h", "f", "v")))
                .isTrue();

        assertThat(redis.get("a")).isEqualTo("1");
        assertThat(redis.hash("h")).containsOnly(java.util.Map.entry("f", "v"));
        assertThat(redis.get(MARK)).isEqualTo("0000000000000000001:0000000000000000010");
        assertThat(writer.watermark(PARTITION)).isEqualTo(TEN);
    }

    @Test
    void aReplayBringsNoOlderValueBack() throws Exception {
        write(writer, Watermark.NONE, TEN, store("a", "old"));
        write(writer, TEN, new Watermark(1, 11), store("a", "new"));

        assertThat(write(writer, Watermark.NONE, TEN, store("a", "old"))).isFalse();
        assertThat(redis.get("a")).isEqualTo("new");
        assertThat(writer.watermark(PARTITION)).isEqualTo(new Watermark(1, 11));
    }

    @Test
    void aZombieOwnerWritesNothing() throws Exception {
        RedisWriter zombie = redis.writer(connections, new ChunkLimits(1, 1_000));
        assertThat(zombie.watermark(PARTITION)).isEqualTo(Watermark.NONE);

        write(writer, Watermark.NONE, TEN, store("a", "owner"));

        assertThat(write(zombie, Watermark.NONE, TEN, store("a", "zombie"), store("b", "zombie"), remove("a")))
                .isFalse();
        assertThat(redis.get("a")).isEqualTo("owner");
        assertThat(redis.get("b")).isNull();
    }

    @Test
    void numbersBeyondDoublesAreToldApart() throws Exception {
        Watermark big = new Watermark(1, (1L << 53) + 1);
        write(writer, Watermark.NONE, big, store("a", "1"));

        assertThat(write(writer, new Watermark(1, 1L << 53), new Watermark(2, 1), store("a", "2")))
                .isFalse();
        assertThat(write(writer, big, new Watermark(1, Long.MAX_VALUE), store("a", "3")))
                .isTrue();
        assertThat(writer.watermark(PARTITION)).isEqualTo(new Watermark(1, Long.MAX_VALUE));
    }

    @Test
    void everyChunkMovesTheWatermark() throws Exception {
        RedisWriter small = redis.writer(connections, new ChunkLimits(2, 1_000_000));
        RedisWriter.Batch batch = small.batch(PARTITION, Watermark.NONE, new Watermark(1, 5));
        for (int seq = 1; seq <= 5; seq++) {
            batch.add(seq == 5 ? store("k4", "overwritten") : store("k" + seq, "v"));
            batch.reached(seq);
        }
        // the third chunk expects entry 4; without the second it must not be written
        redis.ask("SET", "k9", "x");
        assertThat(batch.write()).isTrue();
        assertThat(batch.written()).isEqualTo(5);
        assertThat(redis.get("k4")).isEqualTo("overwritten");
        assertThat(small.watermark(PARTITION)).isEqualTo(new Watermark(1, 5));

        RedisWriter.Batch again = small.batch(PARTITION, new Watermark(1, 2), new Watermark(1, 5));
        for (int seq = 3; seq <= 5; seq++) {
            again.add(store("k" + seq, "older"));
            again.reached(seq);
        }
        assertThat(again.write()).isFalse();
        assertThat(redis.get("k3")).isEqualTo("v");
    }

    @Test
    void theLastOfSeveralChangesOfAKeyStays() throws Exception {
        RedisWriter.Batch batch = writer.batch(PARTITION, Watermark.NONE, TEN);
        batch.add(store("a", "1"));
        batch.add(remove("a"));
        batch.add(store("a", "3"));
        batch.add(store("b", "1"));
        batch.add(remove("b"));

        assertThat(batch.write()).isTrue();
        assertThat(batch.changes() - batch.written()).isEqualTo(3);
        assertThat(redis.get("a")).isEqualTo("3");
        assertThat(redis.get("b")).isNull();
    }

    @Test
    void aBatchWithoutChangesMovesTheWatermark() throws Exception {
        assertThat(writer.batch(PARTITION, Watermark.NONE, TEN).write()).isTrue();
        assertThat(writer.watermark(PARTITION)).isEqualTo(TEN);
    }

    @Test
    void replacesEntriesOfAnotherType() throws Exception {
        redis.ask("RPUSH", "a", "x");
        redis.ask("SET", "h", "x");

        assertThat(write(writer, Watermark.NONE, TEN, store("a", "1"), hash("h", "f", "v")))
                .isTrue();
        assertThat(redis.get("a")).isEqualTo("1");
        assertThat(redis.hash("h")).hasSize(1);
    }

    @Test
    void aHashIsReplacedAsAWhole() throws Exception {
        write(writer, Watermark.NONE, TEN, hash("h", "f", "v", "g", "w"));
        write(writer, TEN, new Watermark(1, 11), hash("h", "f", "v2"), hash("gone"));

        assertThat(redis.hash("h")).containsOnly(java.util.Map.entry("f", "v2"));
        assertThat(redis.ask("EXISTS", "gone")).isEqualTo(0L);
    }

    @Test
    void aHashMayHaveAsManyFieldsAsATableColumns() throws Exception {
        String[] fields = IntStream.range(0, 4096)
                .boxed()
                .flatMap(i -> List.of("c" + i, "v" + i).stream())
                .toArray(String[]::new);
        write(writer, Watermark.NONE, TEN, hash("wide", fields));

        assertThat(redis.hash("wide")).hasSize(4096).containsEntry("c4095", "v4095");
    }

    @Test
    void entriesExpireOnlyWithATtl() throws Exception {
        write(
                writer,
                Watermark.NONE,
                TEN,
                new CacheChange.Store(key("s"), bytes("1"), 60_000),
                new CacheChange.StoreHash(key("h"), List.of(bytes("f"), bytes("v")), 60_000));
        assertThat((Long) redis.ask("PTTL", "s")).isBetween(1L, 60_000L);
        assertThat((Long) redis.ask("PTTL", "h")).isBetween(1L, 60_000L);
        assertThat(redis.ask("PTTL", MARK)).isEqualTo(-1L);

        write(writer, TEN, new Watermark(1, 11), store("s", "2"), hash("h", "f", "v"));
        assertThat(redis.ask("PTTL", "s")).isEqualTo(-1L);
        assertThat(redis.ask("PTTL", "h")).isEqualTo(-1L);
    }

    @Test
    void valuesAreBytesNotText() throws Exception {
        String value = "\u0000\r\n{}😀" + "x".repeat(3_000_000);
        write(writer, Watermark.NONE, TEN, store("schlüssel", value));

        assertThat(redis.get("schlüssel")).isEqualTo(value);
    }

    @Test
    void loadsTheScriptAgainWhenRedisForgotIt() throws Exception {
        write(writer, Watermark.NONE, TEN, store("a", "1"));
        redis.ask("SCRIPT", "FLUSH");

        assertThatThrownBy(() -> write(writer, TEN, new Watermark(1, 11), store("a", "2")))
                .isInstanceOfSatisfying(
                        RedisFailure.class, e -> assertThat(e.kind()).isEqualTo(RedisFailure.Kind.RETRYABLE));
        assertThat(write(writer, TEN, new Watermark(1, 11), store("a", "2"))).isTrue();
    }

    @Test
    void connectsAgainAfterALostConnection() throws Exception {
        write(writer, Watermark.NONE, TEN, store("a", "1"));
        redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

        List<RedisFailure> failures = new ArrayList<>();
        while (failures.size() < 3) {
            try {
                assertThat(write(writer, TEN, new Watermark(1, 11), store("a", "2")))
                        .isTrue();
                break;
            } catch (RedisFailure e) {
                failures.add(e);
            }
        }
        assertThat(failures).hasSizeLessThan(3).allSatisfy(e -> assertThat(e.kind())
                .isEqualTo(RedisFailure.Kind.RETRYABLE));
        assertThat(redis.get("a")).isEqualTo("2");
    }

    @Test
    void aFullRedisTakesNothingOfAChunkAndIsTriedAgain() throws Exception {
        write(writer, Watermark.NONE, TEN, store("a", "1"));
        redis.ask("CONFIG", "SET", "maxmemory", "1");
        try {
            assertThatThrownBy(() -> write(writer, TEN, new Watermark(1, 11), store("a", "2"), store("b", "2")))
                    .isInstanceOfSatisfying(RedisFailure.class, e -> {
                        assertThat(e.kind()).isEqualTo(RedisFailure.Kind.RETRYABLE);
                        assertThat(e).hasMessageContaining("maxmemory");
                    });
            assertThat(redis.get("a")).isEqualTo("1");
        } finally {
            redis.ask("CONFIG", "SET", "maxmemory", "0");
        }
        assertThat(writer.watermark(PARTITION)).isEqualTo(TEN);
        assertThat(write(writer, TEN, new Watermark(1, 11), store("a", "2"))).isTrue();
    }

    @Test
    void aForbiddenCommandLeavesTheWatermarkBehind() throws Exception {
        redis.ask("ACL", "SETUSER", "narrow", "on", ">pw", "~*", "+@all", "-del");
        try {
            dev.sluice.change.config.DataSource plain = redis.target("pw");
            RedisWriter narrow = new RedisWriter(
                    connections,
                    connections.address(new dev.sluice.change.config.DataSource(
                            plain.name(),
                            plain.kind(),
                            plain.host(),
                            plain.port(),
                            "narrow",
                            plain.password(),
                            plain.tls(),
                            null,
                            null)),
                    ChunkLimits.DEFAULT);

            assertThatThrownBy(() -> write(narrow, Watermark.NONE, TEN, store("a", "1"), remove("b")))
                    .isInstanceOfSatisfying(
                            RedisFailure.class, e -> assertThat(e.kind()).isEqualTo(RedisFailure.Kind.FATAL));
            assertThat(writer.watermark(PARTITION)).isEqualTo(Watermark.NONE);
        } finally {
            redis.ask("ACL", "DELUSER", "narrow");
        }
    }

    @Test
    void aWrongPasswordSaysSo() {
        RedisWriter stranger =
                new RedisWriter(connections, connections.address(redis.target("wrong")), ChunkLimits.DEFAULT);
        assertFatal(stranger, "refused the user name or password");

        RedisWriter nameless = new RedisWriter(connections, connections.address(redis.target("")), ChunkLimits.DEFAULT);
        assertFatal(nameless, "wants a password");
    }

    @Test
    void somethingElseUnderTheWatermarksKeySaysSo() {
        redis.ask("SET", MARK, "hello");
        assertFatal(writer, "holds no watermark");
        redis.ask("DEL", MARK);
        redis.ask("RPUSH", MARK, "hello");
        assertFatal(writer, "delete that key");
    }

    @Test
    void aReplicaIsTriedAgain() {
        redis.ask("REPLICAOF", "127.0.0.1", "1");
        try {
            assertThatThrownBy(() -> write(writer, Watermark.NONE, TEN, store("a", "1")))
                    .isInstanceOfSatisfying(RedisFailure.class, e -> {
                        assertThat(e.kind()).isEqualTo(RedisFailure.Kind.RETRYABLE);
                        assertThat(e).hasMessageContaining("read-only replica");
                    });
        } finally {
            redis.ask("REPLICAOF", "NO", "ONE");
        }
    }

    @Test
    void refusesAClusterNode() {
        try (RedisServer node = RedisServer.start(ServerOptions.defaults().with("cluster-enabled yes"))) {
            Redis cluster = new Redis(node);
            assertFatal(cluster.writer(connections, ChunkLimits.DEFAULT), "Redis Cluster, which is not supported");
        }
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() {
        RedisServer gone = RedisServer.start(ServerOptions.defaults());
        RedisWriter lonely = new Redis(gone).writer(connections, ChunkLimits.DEFAULT);
        gone.close();

        assertThatThrownBy(() -> lonely.watermark(PARTITION)).isInstanceOfSatisfying(RedisFailure.class, e -> {
            assertThat(e.kind()).isEqualTo(RedisFailure.Kind.RETRYABLE);
            assertThat(e).hasMessageContaining("cannot be reached");
        });
    }

    private static void assertFatal(RedisWriter writer, String why) {
        assertThatThrownBy(() -> writer.watermark(PARTITION)).isInstanceOfSatisfying(RedisFailure.class, e -> {
            assertThat(e).hasMessageContaining(why);
            assertThat(e.kind()).isEqualTo(RedisFailure.Kind.FATAL);
        });
    }

    private static boolean write(RedisWriter writer, Watermark before, Watermark after, CacheChange... changes)
            throws InterruptedException {
        RedisWriter.Batch batch = writer.batch(PARTITION, before, after);
        long seq = before.seq();
        for (CacheChange change : changes) {
            batch.add(change);
            batch.reached(++seq);
        }
        return batch.write();
    }

    private static CacheChange store(String key, String value) {
        return new CacheChange.Store(key(key), bytes(value), CacheChange.NO_TTL);
    }

    private static CacheChange hash(String key, String... fields) {
        return new CacheChange.StoreHash(
                key(key), List.of(fields).stream().map(RedisWriterIT::bytes).toList(), CacheChange.NO_TTL);
    }

    private static CacheChange remove(String key) {
        return new CacheChange.Remove(key(key));
    }

    private static CacheKey key(String text) {
        return new CacheKey(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
