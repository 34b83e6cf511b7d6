package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Message;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of a table with further unique keys that come again, when the target has long gone on. */
class ReplayedRowsIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final int HISTORIES = 12;
    private static final int KEYS = 12;
    private static final int VALUES = 14;

    /** A row before and after a change; null where there is none. */
    private record Change(
            @Nullable List<String> before, @Nullable List<String> after) {
        void to(MessageBuilder message, TableLine table) {
            if (before == null) {
                message.insert(table, after.toArray(String[]::new));
            } else if (after == null) {
                message.delete(table, before.toArray(String[]::new));
            } else {
                message.update(table, before.toArray(String[]::new), after.toArray(String[]::new));
            }
        }
    }

    static Stream<Named<Supplier<DatabaseServer>>> servers() {
        return Stream.of(
                Named.of("MySQL", SharedServers::mysql),
                Named.of("MariaDB", SharedServers::mariadb),
                Named.of("PostgreSQL", SharedServers::postgres));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void endAsIfNothingHadComeAgain(Supplier<DatabaseServer> obtain) throws Exception {
        System.out.println("seed " + SEED);
        DatabaseServer server = obtain.get();
        String database = Databases.create(server, "replayed");
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            endsAsIfNothingHadComeAgain(server, database, seed);
        }
    }

    private static void endsAsIfNothingHadComeAgain(DatabaseServer server, String database, long seed)
            throws Exception {
        Random random = new Random(seed);
        server.execute("DROP TABLE IF EXISTS " + database + ".t");
        TableLine table = create(server, database);
        TreeMap<String, List<String>> model = new TreeMap<>();
        List<Change> history = history(random, model, 200);
        try (TargetWriter writer = TestWriters.of(server)) {
            Partition partition = new Partition(database + seed, 0);
            Watermark at = writer.watermark(partition);
            at = write(writer, partition, at, 1, history, table, false, random);
            assertThat(rows(server, database)).as("seed " + seed).isEqualTo(text(model));
            for (int epoch = 2; epoch <= 4; epoch++) {
                List<Change> stretch = history.subList(random.nextInt(history.size()), history.size());
                at = write(writer, partition, at, epoch, stretch, table, true, random);
                assertThat(rows(server, database))
                        .as("seed " + seed + ", the last " + stretch.size())
                        .isEqualTo(text(model));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void takeTheKeyThatARowHasByNow(Supplier<DatabaseServer> obtain) throws Exception {
        DatabaseServer server = obtain.get();
        String database = Databases.create(server, "moved");
        TableLine table = create(server, database);
        server.execute("INSERT INTO " + database + ".t VALUES (1, 1, 1), (3, 3, 3)");
        try (TargetWriter writer = TestWriters.of(server)) {
            Partition partition = new Partition(database, 0);
            MessageBuilder change = new MessageBuilder()
                    .transaction()
                    .delete(table, "3", "3", "3")
                    .update(table, new String[] {"1", "1", "1"}, new String[] {"3", "5", "5"});
            writer.write(Rows.batch(partition, writer.watermark(partition), change.build(1, 1)));
            assertThat(rows(server, database)).containsExactly("3 5 5");

            MessageBuilder move = new MessageBuilder()
                    .transaction()
                    .update(table, new String[] {"1", "1", "1"}, new String[] {"3", "7", "8"});
            writer.write(Rows.batch(partition, new Watermark(1, 2), move.buildAgain(2, 1)));
            assertThat(rows(server, database)).containsExactly("3 7 8");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void areRefusedWhereAnotherRowHoldsTheirValueAndNothingCameAgain(Supplier<DatabaseServer> obtain) throws Exception {
        DatabaseServer server = obtain.get();
        String database = Databases.create(server, "clash");
        TableLine table = create(server, database);
        server.execute("INSERT INTO " + database + ".t VALUES (1, 6, NULL), (2, 5, 7)");
        try (TargetWriter writer = TestWriters.of(server)) {
            Partition partition = new Partition(database, 0);
            Watermark none = writer.watermark(partition);
            MessageBuilder earlier = new MessageBuilder().transaction().insert(table, "1", "5", "null");
            WriteFailed failed = catchThrowableOfType(
                    WriteFailed.class, () -> writer.write(Rows.batch(partition, none, earlier.build(1, 1))));
            assertThat(failed.failure()).isInstanceOf(Failure.BadRow.class);
            assertThat(rows(server, database)).containsExactly("1 6 null", "2 5 7");
            writer.write(Rows.batch(partition, none, earlier.buildAgain(1, 1)));
            assertThat(rows(server, database)).containsExactly("1 5 null");
        }
    }

    private static TableLine create(DatabaseServer server, String database) {
        server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, u INT UNIQUE, w INT, UNIQUE (w))");
        return Tables.table(
                1, database, "t", List.of("id int", "u int", "w int"), List.of(0), List.of(List.of(1), List.of(2)));
    }

    private static Watermark write(
            TargetWriter writer,
            Partition partition,
            Watermark at,
            long epoch,
            List<Change> changes,
            TableLine table,
            boolean again,
            Random random)
            throws WriteFailed {
        Watermark last = at;
        for (int i = 0; i < changes.size(); ) {
            int to = Math.min(changes.size(), i + 1 + random.nextInt(30));
            MessageBuilder builder = new MessageBuilder().transaction();
            changes.subList(i, to).forEach(change -> change.to(builder, table));
            Message message = again ? builder.buildAgain(epoch, i + 1L) : builder.build(epoch, i + 1L);
            assertThat(writer.write(Rows.batch(partition, last, message))).isInstanceOf(WriteOutcome.Written.class);
            last = new Watermark(epoch, to);
            i = to;
        }
        return last;
    }

    /** Changes that never put one value into two rows, as the source saw to it. */
    private static List<Change> history(Random random, Map<String, List<String>> model, int length) {
        List<Change> history = new ArrayList<>();
        while (history.size() < length) {
            String id = String.valueOf(random.nextInt(KEYS));
            List<String> before = model.get(id);
            List<String> after = before != null && random.nextInt(4) == 0
                    ? null
                    : List.of(
                            before != null && random.nextInt(4) == 0 ? String.valueOf(random.nextInt(KEYS)) : id,
                            value(random),
                            value(random));
            if (after != null && !fits(after, before, model)) {
                continue;
            }
            if (before != null) {
                model.remove(id);
            }
            if (after != null) {
                model.put(after.get(0), after);
            }
            history.add(new Change(before, after));
        }
        return history;
    }

    private static boolean fits(List<String> after, @Nullable List<String> before, Map<String, List<String>> model) {
        return model.values().stream()
                .filter(other -> !other.equals(before))
                .allMatch(other -> !other.get(0).equals(after.get(0))
                        && (after.get(1).equals("null") || !other.get(1).equals(after.get(1)))
                        && (after.get(2).equals("null") || !other.get(2).equals(after.get(2))));
    }

    private static String value(Random random) {
        return random.nextInt(6) == 0 ? "null" : String.valueOf(random.nextInt(VALUES));
    }

    private static List<String> text(Map<String, List<String>> model) {
        return model.values().stream()
                .map(row -> String.join(" ", row))
                .sorted()
                .collect(Collectors.toList());
    }

    private static List<String> rows(DatabaseServer server, String database) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, u, w FROM " + database + ".t")) {
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getString(2) + " " + result.getString(3));
            }
        }
        rows.sort(null);
        return rows;
    }
}
