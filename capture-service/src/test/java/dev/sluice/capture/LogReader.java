package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.StreamReader;
import dev.sluice.broker.StreamRecord;
import dev.sluice.broker.StreamStart;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.ConfigurationCodec;
import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Claim;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source log by the reader rule, and by nothing else, and is strict about everything a message may not do: the
 * judge of the tests. Entries of one number must be the same however often they were published.
 */
final class LogReader implements AutoCloseable {
    /** An entry of the log; of a DDL line only {@code sql} is there. */
    record Entry(
            long seq,
            TransactionLine transaction,
            @Nullable TableLine table,
            @Nullable RowOp op,
            long key,
            List<@Nullable String> cells,
            @Nullable String firstCellBefore,
            @Nullable String sql,
            List<Boolean> present,
            List<Integer> told,
            boolean repeats) {
        String tableName() {
            return table == null ? "" : table.schema() + "." + table.name();
        }

        @Nullable
        String cell(String column) {
            List<String> names = Objects.requireNonNull(table).columns().stream()
                    .map(c -> c.name())
                    .toList();
            return cells.get(names.indexOf(column));
        }

        /** What must not depend on which instance published it. */
        String essence() {
            // a GTID is the same on every server of a replication, a place in a file is not
            String place = transaction.file() + transaction.offset();
            return (transaction.gtid() == null ? place : transaction.gtid())
                    + transaction.seq()
                    + transaction.origin()
                    + tableName()
                    + op
                    + key
                    + cells
                    + present
                    + sql;
        }
    }

    private static final int LARGEST_MESSAGE = 70_000;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Connection connection;
    private final StreamReader reader;
    private final List<Entry> entries = new ArrayList<>();
    private final List<@Nullable String> filters = new ArrayList<>();
    private final Map<String, List<Entry>> byTable = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<TransactionLine> positions = new ArrayList<>();
    private final Map<Long, Long> commits = new HashMap<>();
    private long epoch;
    private long next = 1;
    private long again;
    private long copied;
    private long skipped;
    private long messages;
    private long largest;

    LogReader(BrokerConnections connections, String source) throws IOException {
        connection = connections.open("oracle");
        reader = new StreamReader(connection, BrokerNames.sourceLog(source), StreamStart.FIRST);
    }

    /** Reads on until the condition holds. */
    void readUntil(BooleanSupplier condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            StreamRecord record = reader.poll(Duration.ofMillis(100));
            if (record != null) {
                take(record);
            } else if (System.nanoTime() > end) {
                throw new AssertionError("the log ends with entry " + (next - 1) + " of epoch " + epoch);
            }
        }
    }

    void readRows(String table, int count) throws IOException, InterruptedException {
        readUntil(() -> rows(table).size() >= count);
        assertThat(rows(table)).hasSize(count);
    }

    List<Entry> rows(String table) {
        return byTable.getOrDefault(table, List.of());
    }

    List<Entry> entries() {
        return entries;
    }

    /** The capture filter that let an entry through, as the message said. */
    CaptureFilter filterOf(Entry entry) {
        String filter = filters.get((int) entry.seq() - 1);
        return filter == null ? CaptureFilter.EVERYTHING : ConfigurationCodec.decodeFilter(filter);
    }

    List<Claim> claims() {
        return claims;
    }

    List<TransactionLine> positions() {
        return positions;
    }

    /** How many entries came that were there already, and how many were void for their epoch or a gap. */
    long again() {
        return again;
    }

    /** How many entries are rows that a snapshot copied. */
    long copied() {
        return copied;
    }

    long ignored() {
        return skipped;
    }

    long messages() {
        return messages;
    }

    long largestMessage() {
        return largest;
    }

    private void take(StreamRecord record) {
        MessageHeader header = MessageHeader.of(record.type(), record.headers());
        switch (header.kind()) {
            case PROBE -> {}
            case CLAIM -> claim(header, record.body());
            case ROWS -> rows(header, record.body());
        }
    }

    private void claim(MessageHeader header, byte[] body) {
        LineScanner lines = new LineScanner().over(body);
        assertThat(lines.next()).isTrue();
        Claim claim = Lines.claim(body, lines.from(), lines.to());
        claims.add(claim);
        assertThat(claim.epoch()).isEqualTo(header.epoch());
        assertThat(claim.after()).isEqualTo(header.seq());
        if (header.epoch() > epoch) {
            epoch = header.epoch();
            assertThat(claim.after())
                    .as("a claim beyond the end of the log is a hole")
                    .isLessThan(next);
        }
    }

    private void rows(MessageHeader header, byte[] body) {
        messages++;
        largest = Math.max(largest, body.length);
        if (header.entries() > 1) {
            assertThat(body.length).isLessThan(LARGEST_MESSAGE);
        }
        assertThat(header.confirmed()).isLessThan(header.seq());
        List<Entry> held = parse(header, body);
        assertThat(held).hasSize(header.entries());
        if (header.epoch() < epoch || header.seq() > next) {
            skipped += held.size();
            return;
        }
        epoch = header.epoch();
        for (Entry entry : held) {
            if (entry.seq() == next) {
                entries.add(entry);
                copied += entry.op() == RowOp.SNAPSHOT ? 1 : 0;
                filters.add(header.filter());
                byTable.computeIfAbsent(entry.tableName(), name -> new ArrayList<>())
                        .add(entry);
                next++;
            } else {
                again++;
                assertThat(header.filter())
                        .as("filter of entry %d again", entry.seq())
                        .isEqualTo(filters.get((int) entry.seq() - 1));
                assertThat(entry.essence())
                        .as("entry %d again", entry.seq())
                        .isEqualTo(entries.get((int) entry.seq() - 1).essence());
            }
        }
    }

    private static List<Integer> told(RowLine row) {
        return IntStream.concat(
                        IntStream.range(0, row.changes()).map(row::changedOrdinal),
                        IntStream.range(0, row.written()).map(row::writtenOrdinal))
                .boxed()
                .toList();
    }

    private List<Entry> parse(MessageHeader header, byte[] body) {
        List<Entry> held = new ArrayList<>();
        Map<Integer, TableLine> tables = new HashMap<>();
        TransactionLine transaction = null;
        long seq = header.seq();
        LineScanner lines = new LineScanner().over(body);
        while (lines.next()) {
            switch (lines.kind()) {
                case TRANSACTION -> {
                    transaction = Lines.transaction(body, lines.from(), lines.to());
                    assertThat(transaction.seq()).isLessThan(seq);
                }
                case TABLE -> {
                    TableLine table = Lines.table(body, lines.from(), lines.to());
                    assertThat(tables.put(table.table(), table)).isNull();
                }
                case ROW -> {
                    RowLine row = new RowLine().head(lines).cells();
                    TableLine table = Objects.requireNonNull(tables.get(row.table()), "table line before its rows");
                    assertThat(row.keyed()).isEqualTo(!table.key().isEmpty());
                    held.add(new Entry(
                            seq++,
                            Objects.requireNonNull(transaction),
                            table,
                            row.op(),
                            row.key(),
                            cells(row, table.columns().size()),
                            firstCellBefore(row),
                            null,
                            IntStream.range(0, table.columns().size())
                                    .mapToObj(row::present)
                                    .toList(),
                            told(row),
                            header.repeats() != null));
                }
                case DDL -> {
                    DdlLine ddl = Lines.ddl(body, lines.from(), lines.to());
                    held.add(new Entry(
                            seq++,
                            Objects.requireNonNull(transaction),
                            null,
                            null,
                            0,
                            List.of(),
                            null,
                            ddl.sql(),
                            List.of(),
                            List.of(),
                            header.repeats() != null));
                }
                case COMMIT -> {
                    long count = commit(body, lines.from(), lines.to());
                    assertThat(count)
                            .isEqualTo(seq
                                    - 1
                                    - Objects.requireNonNull(transaction).seq());
                    commits.put(transaction.seq(), count);
                }
                case POSITION -> {
                    assertThat(header.entries()).isZero();
                    TransactionLine position = Lines.position(body, lines.from(), lines.to());
                    assertThat(position.seq()).isEqualTo(header.seq() - 1);
                    positions.add(position);
                }
                case SNAPSHOT -> {
                    // how far a snapshot has come is for captures
                }
                case CLAIM -> throw new AssertionError("a claim among rows");
            }
        }
        return held;
    }

    /**
     * Whether the transaction of every entry but the last has its commit line. Only a chunk of a snapshot may lack it: it is
     * never continued.
     */
    void assertTransactionsAreWhole() {
        for (int i = 1; i < entries.size(); i++) {
            long before = entries.get(i - 1).transaction().seq();
            boolean cutCopy = entries.get(i - 1).transaction().snapshot() != null && !commits.containsKey(before);
            if (entries.get(i).transaction().seq() != before && !cutCopy) {
                assertThat(commits).containsKey(before);
                assertThat(entries.get(i).transaction().seq()).isEqualTo(before + commits.get(before));
            }
        }
    }

    /** What a table holds after all its entries so far, by the value of its first column, which is its key. */
    Map<String, List<@Nullable String>> contents(String table) {
        Map<String, List<@Nullable String>> rows = new TreeMap<>();
        for (Entry entry : rows(table)) {
            String key = Objects.requireNonNull(entry.cells().get(0));
            if (entry.op() == RowOp.DELETE) {
                assertThat(rows.remove(key)).isEqualTo(entry.cells());
            } else {
                String before = entry.op() == RowOp.INSERT ? null : entry.firstCellBefore();
                if (before != null) {
                    assertThat(rows.remove(before)).isNotNull();
                }
                boolean known = rows.put(key, entry.cells()) != null;
                assertThat(known).isEqualTo(entry.op() == RowOp.UPDATE && before == null);
            }
        }
        return rows;
    }

    private static long commit(byte[] body, int from, int to) {
        String digits = new String(body, from, to - from).replaceAll("\\D", "");
        return Long.parseLong(digits);
    }

    private static @Nullable String firstCellBefore(RowLine row) {
        for (int i = 0; i < row.changes(); i++) {
            if (row.changedOrdinal(i) == 0) {
                return CellText.decode(row.body(), row.oldStart(i), row.oldEnd(i));
            }
        }
        return null;
    }

    private static List<@Nullable String> cells(RowLine row, int columns) {
        List<@Nullable String> cells = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            cells.add(row.present(i) ? cell(row, i) : null);
        }
        return cells;
    }

    private static @Nullable String cell(RowLine row, int ordinal) {
        int start = row.cellStart(ordinal);
        int end = row.cellEndOf(ordinal);
        return CellText.isNull(row.body(), start, end) ? null : CellText.decode(row.body(), start, end);
    }

    @Override
    public void close() throws IOException {
        reader.close();
        connection.close();
    }
}
