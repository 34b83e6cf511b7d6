package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of which a source with {@code binlog_row_image} MINIMAL or NOBLOB logs only a part. */
class PartialRowsIT {
    private static final String COLUMNS =
            " (id INT NOT NULL, u INT NULL, b VARCHAR(20) NOT NULL DEFAULT 'usual', c %s NULL";

    private final List<String> types = List.of("id int", "u int", "b varchar(20)", "c blob");
    private DatabaseServer server;
    private String database;
    private Partition partition;
    private TargetWriter writer;
    private Watermark watermark = Watermark.NONE;

    private void open(DatabaseServer target, String keys) throws WriteFailed {
        server = target;
        database = Databases.create(server, "partial");
        partition = new Partition(database, 0);
        server.execute("CREATE TABLE " + database + ".t" + COLUMNS.formatted(isPostgres() ? "BYTEA" : "BLOB") + ", "
                + keys + ")");
        writer = TestWriters.of(server);
        watermark = writer.watermark(partition);
    }

    private boolean isPostgres() {
        return server instanceof PostgresServer;
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL,'PRIMARY KEY (id)',true,false",
        "MYSQL,'PRIMARY KEY (id), UNIQUE (u)',true,true",
        "MYSQL,'UNIQUE (id)',false,false",
        "POSTGRESQL,'PRIMARY KEY (id)',true,false",
        "POSTGRESQL,'PRIMARY KEY (id), UNIQUE (u)',true,true",
        "POSTGRESQL,'UNIQUE (id)',false,false"
    })
    void randomHistoriesEndAsAtTheSource(DataSource.Kind kind, String key, boolean primary, boolean unique)
            throws WriteFailed {
        open(kind == DataSource.Kind.MYSQL ? SharedServers.mysql() : SharedServers.postgres(), key);
        long seed = new Random().nextLong();
        System.out.println("partial rows, " + kind + ", " + key + ": seed " + seed);
        Random random = new Random(seed);
        TableLine table = Tables.table(
                1,
                database,
                "t",
                types,
                primary ? List.of(0) : List.of(),
                primary && !unique ? List.of() : List.of(List.of(primary ? 1 : 0)));
        Map<Integer, String[]> model = new TreeMap<>();
        int[] next = {0};
        for (int batch = 0; batch < 30; batch++) {
            MessageBuilder message = new MessageBuilder().transaction();
            for (int i = batch % 3 == 0 ? 200 : 40; i > 0; i--) {
                change(random, model, message, table, next, primary, unique);
            }
            assertThat(write(message)).isEqualTo(new WriteOutcome.Written(0));
            assertThat(rows()).as("seed %d, batch %d", seed, batch).isEqualTo(expected(model));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "POSTGRESQL"})
    void anUpdateOfARowThatIsNotThereIsRefused(DataSource.Kind kind) throws WriteFailed {
        open(kind == DataSource.Kind.MYSQL ? SharedServers.mysql() : SharedServers.postgres(), "PRIMARY KEY (id)");
        TableLine table = Tables.table(1, database, "t", types, List.of(0), List.of());
        MessageBuilder message = new MessageBuilder()
                .transaction()
                .insert(table, "1", "1", "\"x\"", "null")
                .partUpdate(table, cells("1", null, null, null), cells("1", "2", null, null))
                .partUpdate(table, cells("7", null, null, null), cells("7", "2", null, null));
        WriteFailed failed = catchThrowableOfType(WriteFailed.class, () -> write(message));
        assertThat(failed.failure()).isInstanceOfSatisfying(Failure.BadRow.class, bad -> {
            assertThat(bad.row().text(0)).isEqualTo("7");
            assertThat(bad.reason()).contains("not at the target").contains("snapshot");
        });
        assertThat(rows()).isEmpty();
    }

    private void change(
            Random random,
            Map<Integer, String[]> model,
            MessageBuilder message,
            TableLine table,
            int[] next,
            boolean primary,
            boolean unique) {
        List<Integer> ids = new ArrayList<>(model.keySet());
        int kind = random.nextInt(10);
        if (ids.isEmpty() || kind < 3) {
            int id = ++next[0];
            boolean usual = random.nextBoolean();
            String[] row = {"" + id, unique ? "" + (1_000_000 + id) : number(random), text(random), blob(random)};
            message.part(RowOp.INSERT, table, cells(row[0], row[1], usual ? null : row[2], row[3]));
            row[2] = usual ? "\"usual\"" : row[2];
            model.put(id, row);
            return;
        }
        int id = ids.get(random.nextInt(ids.size()));
        String[] row = model.get(id);
        if (kind == 3) {
            message.part(RowOp.DELETE, table, cells(row[0], null, null, null));
            model.remove(id);
            return;
        }
        boolean rekey = primary && kind == 4;
        int to = rekey ? ++next[0] : id;
        String[] after = row.clone();
        after[0] = "" + to;
        String[] told = cells(after[0], null, null, null);
        for (int column = 1; column <= 3; column++) {
            if (random.nextInt(3) == 0) {
                after[column] = column == 1
                        ? unique ? "" + (2_000_000 + ++next[0]) : number(random)
                        : column == 2 ? text(random) : blob(random);
                told[column] = after[column];
            }
        }
        String[] before = cells(row[0], null, null, null);
        if (kind > 7) {
            // as NOBLOB: all but the blob is told before and after
            before = cells(row[0], row[1], row[2], null);
            told = cells(after[0], after[1], after[2], told[3]);
        }
        message.partUpdate(table, before, told);
        model.remove(id);
        model.put(to, after);
    }

    private static @Nullable String[] cells(@Nullable String... cells) {
        return cells;
    }

    private static String number(Random random) {
        return random.nextInt(4) == 0 ? "null" : "" + random.nextInt(1_000);
    }

    private static String text(Random random) {
        return "\"t" + random.nextInt(3) + "\"";
    }

    private static String blob(Random random) {
        return random.nextInt(3) == 0 ? "null" : "\"" + "QUJD".repeat(1 + random.nextInt(3)) + "\"";
    }

    private WriteOutcome write(MessageBuilder message) throws WriteFailed {
        WriteOutcome outcome = writer.write(Rows.batch(partition, watermark, message.build(1, watermark.seq() + 1)));
        watermark = new Watermark(1, watermark.seq() + message.entries());
        return outcome;
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery((isPostgres()
                                ? "SELECT CONCAT_WS(',', id, COALESCE(u::text, 'null'), CONCAT('\"', b, '\"'),"
                                        + " COALESCE('\"' || encode(c, 'base64') || '\"', 'null'))"
                                : "SELECT CONCAT_WS(',', id, IFNULL(u, 'null'), CONCAT('\"', b, '\"'),"
                                        + " IFNULL(CONCAT('\"', TO_BASE64(c), '\"'), 'null'))")
                        + " FROM " + database + ".t ORDER BY id")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static List<String> expected(Map<Integer, String[]> model) {
        return model.values().stream().map(row -> String.join(",", row)).toList();
    }
}
