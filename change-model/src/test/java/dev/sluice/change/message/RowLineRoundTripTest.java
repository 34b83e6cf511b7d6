package dev.sluice.change.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a capture writes as a row line is read back, by {@link RowLine} and by any JSON parser. */
class RowLineRoundTripTest {
    @Property(tries = 300)
    void everyLineIsReadBackAsItWasWritten(
            @ForAll("ops") RowOp op,
            @ForAll("tableNumbers") int table,
            @ForAll long key,
            @ForAll long oldKey,
            @ForAll boolean keyed,
            @ForAll boolean keyChanged,
            @ForAll("hashes") List<Long> uniqueKeys,
            @ForAll("rows") List<String> cells,
            @ForAll("ordinals") Set<Integer> ordinals,
            @ForAll("ordinals") Set<Integer> gaps) {
        List<Integer> changed = new TreeSet<>(ordinals)
                .stream().filter(ordinal -> ordinal < cells.size()).toList();
        // every gap is a column that the row lacks
        int[] has = IntStream.iterate(0, column -> column + 1)
                .filter(column -> !gaps.contains(column))
                .limit(cells.size())
                .toArray();
        LineBuffer out = new LineBuffer(16).ascii("{\"commit\":1}\n");
        write(out, op, table, keyed, key, keyChanged, oldKey, uniqueKeys, changed, has, cells);

        LineScanner lines = new LineScanner().over(out.toByteArray());
        lines.next();
        assertThat(lines.next()).isTrue();
        assertThat(lines.kind()).isEqualTo(LineKind.ROW);
        RowLine row = new RowLine().head(lines).cells();
        assertThat(row.op()).isEqualTo(op);
        assertThat(row.table()).isEqualTo(table);
        assertThat(row.keyed()).isEqualTo(keyed);
        assertThat(row.key()).isEqualTo(keyed ? key : 0);
        assertThat(row.keyChanged()).isEqualTo(keyed && keyChanged);
        assertThat(row.oldKey()).isEqualTo(keyed && keyChanged ? oldKey : 0);
        assertThat(row.size()).isEqualTo(cells.size());
        assertThat(row.changes()).isEqualTo(changed.size());
        boolean complete = has.length == 0 || has[has.length - 1] == has.length - 1;
        assertThat(row.complete()).isEqualTo(complete);
        for (int i = 0; i < cells.size(); i++) {
            assertThat(row.ordinal(i)).isEqualTo(has[i]);
            assertThat(row.present(has[i])).isTrue();
            assertThat(slice(row, row.cellStart(has[i]), row.cellEndOf(has[i]))).isEqualTo(cells.get(i));
        }
        assertThat(gaps).allSatisfy(gap -> assertThat(row.present(gap)).isEqualTo(complete && gap < cells.size()));
        assertThat(slice(row, row.cellsStart(), row.cellsEnd())).isEqualTo(String.join(",", cells));
        assertThat(row.written()).isEqualTo(complete ? 0 : has.length);
        for (int i = 0; i < row.written(); i++) {
            assertThat(row.writtenOrdinal(i)).isEqualTo(has[i]);
        }
        for (int i = 0; i < changed.size(); i++) {
            assertThat(row.changedOrdinal(i)).isEqualTo(changed.get(i));
            assertThat(slice(row, row.oldStart(i), row.oldEnd(i))).isEqualTo(cells.get(changed.get(i)));
        }
        assertThat(lines.next()).isFalse();

        JsonNode json = JsonMapper.shared().readTree(slice(row, row.from(), row.to()));
        assertThat(json.get("row").size()).isEqualTo(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            byte[] cell = cells.get(i).getBytes(StandardCharsets.UTF_8);
            JsonNode parsed = json.get("row").get(i);
            assertThat(CellText.isNull(cell, 0, cell.length)).isEqualTo(parsed.isNull());
            if (parsed.isString()) {
                assertThat(CellText.decode(cell, 0, cell.length)).isEqualTo(parsed.stringValue());
            }
        }
    }

    private static void write(
            LineBuffer out,
            RowOp op,
            int table,
            boolean keyed,
            long key,
            boolean keyChanged,
            long oldKey,
            List<Long> uniqueKeys,
            List<Integer> changed,
            int[] has,
            List<String> cells) {
        RowLineWriter line = new RowLineWriter(out);
        if (keyed) {
            line.keyed(op, table, key);
            if (keyChanged) {
                line.oldKey(oldKey);
            }
        } else {
            line.unkeyed(op, table);
        }
        if (!uniqueKeys.isEmpty()) {
            line.uniqueKeys(false, uniqueKeys.toArray(Long[]::new));
            line.uniqueKeys(true, uniqueKeys.toArray(Long[]::new));
        }
        if (!changed.isEmpty()) {
            LineBuffer list = line.changed();
            for (int i = 0; i < changed.size(); i++) {
                list.ascii(i == 0 ? "" : ",").number(changed.get(i));
            }
            list = line.old();
            for (int i = 0; i < changed.size(); i++) {
                list.ascii(i == 0 ? "" : ",").put(cells.get(changed.get(i)).getBytes(StandardCharsets.UTF_8));
            }
            line.endOld();
        }
        boolean complete = has.length == 0 || has[has.length - 1] == has.length - 1;
        if (!complete) {
            String ordinals = Arrays.toString(has).replace(" ", "");
            line.written().ascii(ordinals.substring(1, ordinals.length() - 1));
            line.end().present().ascii(ordinals.substring(1, ordinals.length() - 1));
            line.end();
        }
        byte[] row = String.join(",", cells).getBytes(StandardCharsets.UTF_8);
        line.row(row, 0, row.length);
    }

    @Provide
    Arbitrary<RowOp> ops() {
        return Arbitraries.of(RowOp.values());
    }

    @Provide
    Arbitrary<Integer> tableNumbers() {
        return Arbitraries.integers().between(0, Integer.MAX_VALUE);
    }

    @Provide
    Arbitrary<List<Long>> hashes() {
        return Arbitraries.longs().injectNull(0.3).list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Set<Integer>> ordinals() {
        return Arbitraries.integers().between(0, 4_095).set().ofMaxSize(60);
    }

    /** MySQL tables have up to 4,096 columns. */
    @Provide
    Arbitrary<List<String>> rows() {
        Arbitrary<List<String>> narrow = cells().list().ofMaxSize(40);
        Arbitrary<List<String>> wide = Arbitraries.of("null", "0", "\"\"", "\"\\\\\"")
                .list()
                .ofMinSize(1_000)
                .ofMaxSize(4_096);
        return Arbitraries.frequencyOf(Tuple.of(9, narrow), Tuple.of(1, wide));
    }

    private static Arbitrary<String> cells() {
        Arbitrary<String> numbers = Arbitraries.oneOf(
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.doubles().map(value -> JsonMapper.shared().writeValueAsString(value)));
        Arbitrary<String> text = Arbitraries.strings()
                .withChars('"', '\\', ',', ']', '[', '}', '\n', 'u', 'é', '\u0000', '東')
                .ofMaxLength(12);
        Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(12);
        Arbitrary<String> strings = Arbitraries.oneOf(text, anything)
                .filter(value -> StandardCharsets.UTF_8.newEncoder().canEncode(value))
                .map(value -> new String(new LineBuffer(16).string(value).toByteArray(), StandardCharsets.UTF_8));
        return Arbitraries.oneOf(Arbitraries.of("null"), numbers, strings, strings);
    }

    private static String slice(RowLine row, int from, int to) {
        return new String(row.body(), from, to - from, StandardCharsets.UTF_8);
    }
}
