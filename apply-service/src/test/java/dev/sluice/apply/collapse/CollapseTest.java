package dev.sluice.apply.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CollapseTest {
    private static final TableLine TABLE =
            Tables.table(1, "s", "t", List.of("a int", "b varchar(9)", "v int"), List.of(0, 1), List.of());
    private static final int[] KEY = {0, 1};

    /** One thing an application may try; it becomes a row change only if the source would let it. */
    record Attempt(Kind kind, int a, String b, int value, int newA) {
        enum Kind {
            WRITE,
            DELETE,
            MOVE
        }
    }

    @Property(tries = 2_000)
    void changesTheTargetAsTheRowsOneByOneWould(
            @ForAll("attempts") List<Attempt> before, @ForAll("attempts") List<Attempt> attempts) {
        Map<String, String> source = new HashMap<>();
        record(before, source, new MessageBuilder().transaction());
        Map<String, String> target = new HashMap<>(source);
        int missing = 0;

        MessageBuilder message = new MessageBuilder().transaction();
        record(attempts, source, message);
        List<NetChange> changes = Collapse.of(Rows.of(message), KEY);

        for (NetChange change : changes) {
            if (change.delete()) {
                boolean was = target.remove(keyBefore(change.row())) != null;
                assertThat(was).isEqualTo(change.expected());
                missing += was || !change.expected() ? 0 : 1;
            }
        }
        for (NetChange change : changes) {
            if (!change.delete()) {
                String old = target.put(
                        change.row().text(0) + "/" + change.row().text(1),
                        String.valueOf(change.row().text(2)));
                assertThat(old != null).isEqualTo(change.expected());
            }
        }
        assertThat(target).isEqualTo(source);
        assertThat(missing).isZero();
    }

    @Example
    void keepsOneChangeForEachKey() {
        List<NetChange> changes = Collapse.of(
                Rows.of(new MessageBuilder()
                        .transaction()
                        .insert(TABLE, "1", "\"x\"", "1")
                        .update(TABLE, new String[] {"1", "\"x\"", "1"}, new String[] {"1", "\"x\"", "2"})
                        .insert(TABLE, "1", "\"y\"", "3")
                        .delete(TABLE, "1", "\"y\"", "3")
                        .delete(TABLE, "2", "\"z\"", "0")
                        .insert(TABLE, "2", "\"z\"", "4")),
                KEY);

        assertThat(changes)
                .extracting(change -> change.row().text(0) + change.row().text(1)
                        + change.row().text(2) + " " + (change.delete() ? "gone" : "stays")
                        + (change.expected() ? " expected" : ""))
                .containsExactly("1x2 stays", "1y3 gone", "2z4 stays expected");
    }

    @Example
    void tellsKeysApartByTheirExactBytes() {
        List<NetChange> changes = Collapse.of(
                Rows.of(new MessageBuilder()
                        .transaction()
                        .delete(TABLE, "1", "\"x\"", "1")
                        .insert(TABLE, "1", "\"X\"", "1")),
                KEY);

        assertThat(changes).extracting(NetChange::delete).containsExactly(true, false);
    }

    @Example
    void takesASnapshotRowAsOneThatMayBeThereOrNot() {
        List<NetChange> changes = Collapse.of(
                Rows.of(new MessageBuilder().transaction().row(RowOp.SNAPSHOT, TABLE, "1", "\"x\"", "1")), KEY);

        assertThat(changes).extracting(NetChange::expected).containsExactly(false);
    }

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        return Combinators.combine(
                        Arbitraries.of(Attempt.Kind.class),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of("p", "q"),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(1, 3))
                .as(Attempt::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** Carries out attempts at a table in memory and logs each change of a row, as a binlog would. */
    private static void record(List<Attempt> attempts, Map<String, String> source, MessageBuilder message) {
        for (Attempt attempt : attempts) {
            String key = attempt.a + "/" + attempt.b;
            String[] before = cells(attempt.a, attempt.b, source.get(key));
            switch (attempt.kind) {
                case WRITE -> {
                    String[] after = cells(attempt.a, attempt.b, Integer.toString(attempt.value));
                    if (source.put(key, Integer.toString(attempt.value)) == null) {
                        message.insert(TABLE, after);
                    } else {
                        message.update(TABLE, before, after);
                    }
                }
                case DELETE -> {
                    if (source.remove(key) != null) {
                        message.delete(TABLE, before);
                    }
                }
                case MOVE -> {
                    String newKey = attempt.newA + "/" + attempt.b;
                    if (source.containsKey(key) && !source.containsKey(newKey)) {
                        String value = source.remove(key);
                        source.put(newKey, value);
                        message.update(TABLE, before, cells(attempt.newA, attempt.b, value));
                    }
                }
            }
        }
    }

    private static String[] cells(int a, String b, String value) {
        return new String[] {Integer.toString(a), "\"" + b + "\"", value};
    }

    private static String keyBefore(Row row) {
        List<String> key = new ArrayList<>();
        for (int ordinal : KEY) {
            String cell = new String(
                    row.bytes(),
                    row.startBefore(ordinal),
                    row.endBefore(ordinal) - row.startBefore(ordinal),
                    java.nio.charset.StandardCharsets.UTF_8);
            key.add(cell.replace("\"", ""));
        }
        return String.join("/", key);
    }
}
