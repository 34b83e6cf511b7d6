package dev.sluice.redissink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.BrokerConnections;
import dev.sluice.change.config.CacheRule;
import dev.sluice.change.config.CacheRule.Format;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import dev.sluice.testsupport.servers.RedisServer;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random rows while connections are cut, messages come again, instances come and go and Redis is killed: in the end Redis
 * is what a model says. {@code -Dsluice.seed=…} repeats a history, {@code -Dsluice.steps=…} makes it longer.
 */
class RandomHistoryIT {
    private static final Logger LOG = LoggerFactory.getLogger(RandomHistoryIT.class);

    private static final int PARTITIONS = 2;
    private static final int KEYS = 40;

    private static final Column ID = new Column("id", "int");
    private static final Column NAME = new Column("name", "varchar(20)");
    private static final Column NOTE = new Column("note", "text");
    private static final TableLine JSON = Entries.users(new CacheRule("j:{id}", Format.JSON, null), ID, NAME, NOTE);
    private static final TableLine HASH = new TableLine(
            2,
            "shop",
            "tags",
            List.of(ID, NAME, NOTE),
            List.of(0),
            List.of(List.of(1)),
            null,
            new CacheRule("h:{name}", Format.HASH, null));

    private final Random random;
    private final Map<String, String> model = new HashMap<>();
    /** Rows at the source: table number and id to cells. */
    private final Map<String, List<String>> rows = new TreeMap<>();

    private int values;

    RandomHistoryIT() {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        LOG.info("seed {}", seed);
        random = new Random(seed);
    }

    @Test
    void redisEndsAsTheModel() throws Exception {
        BrokerConnections broker = new BrokerConnections(SharedServers.rabbit().amqpUri());
        try (RedisServer server =
                        RedisServer.start(ServerOptions.defaults().with("appendonly yes", "appendfsync everysec"));
                Dispatcher dispatcher = new Dispatcher(broker, "random-" + UUID.randomUUID(), PARTITIONS)) {
            Redis redis = new Redis(server);
            dispatcher.configure(redis.target());
            List<Instance> instances = new ArrayList<>(List.of(Instance.start(broker)));
            try {
                for (int step = 0; step < Integer.getInteger("sluice.steps", 400); step++) {
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        Entries entries = entries(partition, 1 + random.nextInt(30));
                        if (entries.size() > 0) {
                            dispatcher.send(partition, entries);
                        }
                    }
                    dispatcher.obey();
                    disturb(step, dispatcher, server, redis, instances, broker);
                }
                await().atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> {
                            dispatcher.obey();
                            return dispatcher.everythingAt(redis);
                        });
                Map<String, String> actual = redis.entries("j:");
                actual.putAll(redis.entries("h:"));
                assertThat(actual).isEqualTo(model);
            } finally {
                instances.forEach(Instance::close);
            }
        }
    }

    private void disturb(
            int step,
            Dispatcher dispatcher,
            RedisServer server,
            Redis redis,
            List<Instance> instances,
            BrokerConnections broker)
            throws IOException {
        switch (random.nextInt(40)) {
            case 0, 1, 2 -> redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            case 3, 4, 5 -> {
                int partition = random.nextInt(PARTITIONS);
                dispatcher.sendAgain(partition, Math.max(0, dispatcher.last(partition) - random.nextInt(500)));
            }
            case 6 -> {
                if (instances.size() < 3) {
                    instances.add(Instance.start(broker));
                }
            }
            case 7 -> {
                if (instances.size() > 1) {
                    instances.remove(random.nextInt(instances.size())).close();
                }
            }
            case 8 -> redis.ask("SCRIPT", "FLUSH");
            case 9 -> {
                if (step % 4 == 0) {
                    server.kill9();
                    server.restart();
                }
            }
            default -> {
                // nothing happens most of the time
            }
        }
    }

    private Entries entries(int partition, int count) {
        Entries entries = new Entries();
        for (int i = 0; i < count; i++) {
            int id = random.nextInt(KEYS) * PARTITIONS + partition;
            // the table with a second unique key keeps to one partition
            if (partition == 0 && random.nextInt(3) == 0) {
                change(entries, HASH, id);
            } else {
                change(entries, JSON, id);
            }
        }
        return entries;
    }

    private void change(Entries entries, TableLine table, int id) {
        String row = table.table() + ":" + id;
        List<String> before = rows.get(row);
        String note = random.nextInt(4) == 0 ? "null" : "\"n" + values++ + "\"";
        if (before == null) {
            List<String> cells = List.of("" + id, name(table, row), note);
            entries.insert(table, cells.toArray(String[]::new));
            put(table, row, cells);
        } else if (random.nextInt(4) == 0) {
            entries.delete(table, before.toArray(String[]::new));
            remove(table, row, before);
        } else {
            String name = random.nextInt(3) == 0 ? name(table, row) : before.get(1);
            List<String> after = List.of("" + id, name, note);
            if (!after.equals(before)) {
                entries.update(table, before, after);
                remove(table, row, before);
                put(table, row, after);
            }
        }
    }

    /** A name from a small set, which rows hand on to each other, but no two rows of one table have at a time. */
    private String name(TableLine table, String row) {
        while (true) {
            String name = "\"name" + random.nextInt(2 * KEYS) + "\"";
            boolean taken = rows.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().startsWith(table.table() + ":")
                            && !entry.getKey().equals(row)
                            && entry.getValue().get(1).equals(name));
            if (!taken || table == JSON) {
                return name;
            }
        }
    }

    private void put(TableLine table, String row, List<String> cells) {
        rows.put(row, cells);
        if (table == JSON) {
            model.put(
                    "j:" + cells.get(0),
                    "{\"id\":" + cells.get(0) + ",\"name\":" + cells.get(1) + ",\"note\":" + cells.get(2) + "}");
        } else {
            Map<String, String> hash = new TreeMap<>();
            hash.put("id", cells.get(0));
            hash.put("name", text(cells.get(1)));
            if (!cells.get(2).equals("null")) {
                hash.put("note", text(cells.get(2)));
            }
            model.put("h:" + text(cells.get(1)), hash.toString());
        }
    }

    private void remove(TableLine table, String row, List<String> cells) {
        rows.remove(row);
        model.remove(table == JSON ? "j:" + cells.get(0) : "h:" + text(cells.get(1)));
    }

    private static String text(String json) {
        return json.substring(1, json.length() - 1);
    }
}
