package dev.sluice.redissink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.CacheRule;
import dev.sluice.change.config.CacheRule.Format;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.State;
import dev.sluice.testsupport.servers.RedisServer;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partition queues to Redis, on real servers. */
class RedisSinkIT {
    private static final Column ID = new Column("id", "bigint");
    private static final Column EMAIL = new Column("email", "varchar(100)");
    private static final Column NOTE = new Column("note", "text");

    private static final TableLine JSON = Entries.users(rule("user:{id}", Format.JSON, null), ID, EMAIL, NOTE);
    private static final TableLine HASH = Entries.users(rule("h:{id}", Format.HASH, null), ID, EMAIL, NOTE);
    private static final TableLine BY_EMAIL = Entries.users(rule("mail:{email}", Format.JSON, null), ID, EMAIL, NOTE);

    private final BrokerConnections broker =
            new BrokerConnections(SharedServers.rabbit().amqpUri());
    private Redis redis = new Redis(SharedServers.redis());
    private Dispatcher dispatcher;
    private Instance instance;

    @BeforeEach
    void start() throws IOException {
        redis.ask("FLUSHALL");
        begin();
    }

    private void begin() throws IOException {
        dispatcher = new Dispatcher(broker, "it-" + UUID.randomUUID(), 1);
        dispatcher.configure(redis.target());
        instance = Instance.start(broker);
    }

    @AfterEach
    void stop() throws IOException {
        instance.close();
        dispatcher.close();
    }

    @Test
    void rowsBecomeJsonEntries() throws IOException {
        dispatcher.send(
                0,
                new Entries()
                        .insert(JSON, "1", "\"a@x\"", "null")
                        .insert(JSON, "2", "\"b@x\"", "\"n\"")
                        .insert(JSON, "3", "\"c@x\"", "null"));
        dispatcher.send(
                0,
                new Entries()
                        .update(JSON, List.of("2", "\"b@x\"", "\"n\""), List.of("2", "\"b@y\"", "\"n\""))
                        .delete(JSON, "3", "\"c@x\"", "null"));
        untilApplied();

        assertThat(redis.entries("user:"))
                .isEqualTo(Map.of(
                        "user:1", "{\"id\":1,\"email\":\"a@x\",\"note\":null}",
                        "user:2", "{\"id\":2,\"email\":\"b@y\",\"note\":\"n\"}"));
    }

    @Test
    void rowsBecomeHashes() throws IOException {
        dispatcher.send(
                0,
                new Entries()
                        .insert(HASH, "1", "\"a@x\"", "\"n\"")
                        .insert(HASH, "2", "\"b@x\"", "\"n\"")
                        .insert(HASH, "3", "\"c@x\"", "\"n\""));
        untilApplied();
        assertThat(redis.hash("h:2")).isEqualTo(Map.of("id", "2", "email", "b@x", "note", "n"));

        dispatcher.send(
                0,
                new Entries()
                        .update(HASH, List.of("2", "\"b@x\"", "\"n\""), List.of("2", "\"b@x\"", "null"))
                        .delete(HASH, "3", "\"c@x\"", "\"n\""));
        untilApplied();

        assertThat(redis.hash("h:2")).isEqualTo(Map.of("id", "2", "email", "b@x"));
        assertThat(redis.entries("h:")).containsOnlyKeys("h:1", "h:2");
    }

    @Test
    void entriesExpire() throws IOException {
        TableLine brief = Entries.users(rule("t:{id}", Format.JSON, Duration.ofMillis(300)), ID, EMAIL, NOTE);
        TableLine hour = Entries.users(rule("t:{id}", Format.HASH, Duration.ofHours(1)), ID, EMAIL, NOTE);
        dispatcher.send(0, new Entries().insert(brief, "1", "\"a@x\"", "null"));
        dispatcher.send(0, new Entries().insert(hour, "2", "\"a@x\"", "null"));
        untilApplied();

        patiently().until(() -> redis.get("t:1") == null);
        assertThat((Long) redis.ask("PTTL", "t:2")).isBetween(1_000_000L, 3_600_000L);
    }

    @Test
    void aChangedPrimaryKeyMovesTheEntry() throws IOException {
        dispatcher.send(0, new Entries().insert(JSON, "1", "\"a@x\"", "null"));
        // as the dispatcher sends it: a delete of the old key and an insert of the new one
        dispatcher.send(0, new Entries().delete(JSON, "1", "\"a@x\"", "null").insert(JSON, "9", "\"a@x\"", "null"));
        untilApplied();

        assertThat(redis.entries("user:")).containsOnlyKeys("user:9");
    }

    @Test
    void aChangedColumnOfTheKeyMovesTheEntry() throws IOException {
        dispatcher.send(0, new Entries().insert(BY_EMAIL, "1", "\"a\"", "null").insert(BY_EMAIL, "2", "\"b\"", "null"));
        untilApplied();
        dispatcher.send(
                0,
                new Entries()
                        // three rows hand their addresses on within one batch
                        .update(BY_EMAIL, List.of("1", "\"a\"", "null"), List.of("1", "\"c\"", "null"))
                        .update(BY_EMAIL, List.of("2", "\"b\"", "null"), List.of("2", "\"a\"", "null")));
        untilApplied();

        assertThat(redis.entries("mail:"))
                .isEqualTo(Map.of(
                        "mail:a", "{\"id\":2,\"email\":\"a\",\"note\":null}",
                        "mail:c", "{\"id\":1,\"email\":\"c\",\"note\":null}"));
    }

    @Test
    void rowsThatComeAgainBringNothingOlderBack() throws IOException {
        for (int i = 0; i < 50; i++) {
            dispatcher.send(
                    0,
                    new Entries()
                            .insert(JSON, "1", "\"v" + i + "\"", "null")
                            .insert(JSON, "2", "\"v" + i + "\"", "null"));
        }
        dispatcher.send(0, new Entries().delete(JSON, "2", "\"v49\"", "null"));
        untilApplied();

        dispatcher.sendAgain(0, 0);
        patiently().until(() -> instance.runtime().status().get(0).duplicates() >= 101);
        assertThat(redis.entries("user:")).isEqualTo(Map.of("user:1", "{\"id\":1,\"email\":\"v49\",\"note\":null}"));
        assertThat(instance.runtime().status().get(0).rows()).isEqualTo(101);
    }

    @Test
    void aKeyTemplateThatDoesNotFitSuspendsThePartitionAndSaysWhy() throws IOException {
        TableLine wrong = Entries.users(rule("u:{uid}", Format.JSON, null), ID, EMAIL, NOTE);
        dispatcher.send(0, new Entries().insert(wrong, "1", "\"a@x\"", "null"));
        dispatcher.send(0, new Entries().insert(JSON, "2", "\"a@x\"", "null"));

        patiently().until(() -> instance.runtime().status().stream()
                .anyMatch(status -> status.state() == State.FAILED
                        && String.valueOf(status.error())
                                .contains("names column 'uid', which the table does not have")));
        assertThat(redis.entries("u")).isEmpty();
        assertThat(instance.runtime().health().up()).isTrue();
        assertThat(instance.runtime().health().problems()).hasSize(1);
    }

    @Test
    void aSecondInstanceTakesOver() throws IOException {
        dispatcher.send(0, new Entries().insert(JSON, "1", "\"a@x\"", "null"));
        untilApplied();
        try (Instance second = Instance.start(broker)) {
            patiently().until(() -> !second.runtime().status().isEmpty());
            instance.close();
            dispatcher.send(0, new Entries().insert(JSON, "2", "\"a@x\"", "null"));
            untilApplied();
            assertThat(second.runtime().status().get(0).rows()).isEqualTo(1);
        }
    }

    @Test
    void countsWhatItDoes() throws IOException {
        dispatcher.send(
                0,
                new Entries()
                        .insert(BY_EMAIL, "1", "null", "null")
                        .insert(BY_EMAIL, "2", "\"a\"", "null")
                        .delete(BY_EMAIL, "2", "\"a\"", "null"));
        untilApplied();

        patiently().untilAsserted(() -> {
            assertThat(count("sluice.redis.uncached")).isEqualTo(1);
            assertThat(count("sluice.redis.collapsed")).isEqualTo(1);
            assertThat(count("sluice.redis.entries")).isEqualTo(1);
        });
    }

    @Test
    void anEmptiedRedisAsksForEverythingAgain() throws Exception {
        try (RedisServer forgetful = RedisServer.start(ServerOptions.defaults())) {
            use(forgetful);
            for (int id = 1; id <= 20; id++) {
                dispatcher.send(0, new Entries().insert(JSON, "" + id, "\"a\"", "null"));
            }
            untilApplied();

            forgetful.kill9();
            forgetful.restart();
            assertThat(redis.entries("user:")).isEmpty();
            dispatcher.send(0, new Entries().insert(JSON, "21", "\"a\"", "null"));

            Dispatcher.Rewind rewind = patiently().until(dispatcher::requested, r -> r != null);
            assertThat(rewind).isEqualTo(new Dispatcher.Rewind(0, 0, 0));
            assertThat(redis.entries("user:")).isEmpty();
            dispatcher.sendAgain(0, rewind.seq());
            untilApplied();
            assertThat(redis.entries("user:")).hasSize(21);
        }
    }

    @Test
    void anEmptiedRedisIsNoticedThoughNoRowsCome() throws Exception {
        dispatcher.send(0, new Entries().insert(JSON, "1", "\"a\"", "null"));
        untilApplied();
        patiently().until(() -> instance.runtime().status().get(0).rows() == 1);

        redis.ask("FLUSHALL");

        Dispatcher.Rewind rewind = patiently().until(dispatcher::requested, r -> r != null);
        assertThat(rewind).isEqualTo(new Dispatcher.Rewind(0, 0, 0));
        dispatcher.sendAgain(0, rewind.seq());
        untilApplied();
        assertThat(redis.get("user:1")).isNotNull();
    }

    @Test
    void aRedisThatWasKilledGoesOnWhereItsAppendOnlyFileEnds() throws Exception {
        try (RedisServer durable =
                RedisServer.start(ServerOptions.defaults().with("appendonly yes", "appendfsync everysec"))) {
            use(durable);
            for (int id = 1; id <= 300; id++) {
                dispatcher.send(0, new Entries().insert(JSON, "" + id, "\"a\"", "null"));
                if (id == 150) {
                    patiently().until(() -> redis.entries("user:").size() > 20);
                    durable.kill9();
                    patiently().until(() -> instance.runtime().status().stream()
                            .anyMatch(status -> status.state() == State.RETRYING));
                    durable.restart();
                }
            }
            // the last second may be lost with everysec: then the sink asks for it
            patiently().until(() -> {
                dispatcher.obey();
                return dispatcher.everythingAt(redis);
            });
            assertThat(redis.entries("user:")).hasSize(300);
        }
    }

    @Test
    void healthTellsAfterTenSecondsThatRedisCannotBeReached() throws Exception {
        try (RedisServer lost = RedisServer.start(ServerOptions.defaults().with("appendonly yes"))) {
            use(lost);
            dispatcher.send(0, new Entries().insert(JSON, "1", "\"a\"", "null"));
            untilApplied();
            assertThat(instance.runtime().health().up()).isTrue();

            lost.kill9();
            dispatcher.send(0, new Entries().insert(JSON, "2", "\"a\"", "null"));
            patiently().until(() -> !instance.runtime().health().problems().isEmpty());
            assertThat(instance.runtime().health().up()).isTrue();
            patiently().until(() -> !instance.runtime().health().up());
            assertThat(instance.runtime().health().problems())
                    .anyMatch(problem -> problem.contains("cannot be reached"));

            lost.restart();
            untilApplied();
            patiently().until(() -> instance.runtime().health().up());
        }
    }

    private void use(RedisServer server) throws IOException {
        stop();
        redis = new Redis(server);
        begin();
    }

    private double count(String meter) {
        return instance.metrics().get(meter).counter().count();
    }

    private void untilApplied() {
        patiently().until(() -> dispatcher.everythingAt(redis));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    private static CacheRule rule(String key, Format format, Duration ttl) {
        return new CacheRule(key, format, ttl);
    }
}
