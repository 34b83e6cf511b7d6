package dev.sluice.dispatch;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.sluice.change.message.LineKind;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes partition queues as a sink does: drops what it has, takes what comes next, notes gaps, and checks that every
 * message is self-contained. Thread-safe.
 */
final class FoldingSink implements AutoCloseable {
    /** A row that counted. */
    record Row(
            int partition, TableLine table, String line, String id, String what, String transaction, boolean again) {}

    private final List<Channel> channels = new ArrayList<>();
    private final long[] epochs;
    private final long[] seqs;
    private final Map<String, List<String>> changes = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    /** What each number stood for when it first came: whoever sends it again must send the same. */
    private final Map<String, String> numbered = new HashMap<>();

    private long duplicates;
    private long gaps;
    private long messages;

    FoldingSink(Connection connection, List<String> queues) throws IOException {
        this(connection, queues, partition -> 0);
    }

    /** One that dwells on each message of a partition for some milliseconds. */
    FoldingSink(Connection connection, List<String> queues, IntUnaryOperator dwell) throws IOException {
        epochs = new long[queues.size()];
        seqs = new long[queues.size()];
        for (int i = 0; i < queues.size(); i++) {
            int partition = i;
            Channel channel = connection.createChannel();
            channels.add(channel);
            channel.basicQos(100);
            channel.basicConsume(queues.get(i), false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                        throws IOException {
                    LockSupport.parkNanos(dwell.applyAsInt(partition) * 1_000_000L);
                    take(partition, properties, body);
                    channel.basicAck(envelope.getDeliveryTag(), false);
                }
            });
        }
    }

    /** Each key's changes in the order in which they arrived. */
    synchronized Map<String, List<String>> changes() {
        Map<String, List<String>> copy = new TreeMap<>();
        changes.forEach((key, list) -> copy.put(key, List.copyOf(list)));
        return copy;
    }

    synchronized List<Row> rows() {
        return List.copyOf(rows);
    }

    synchronized long count() {
        return rows.size();
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    synchronized long duplicates() {
        return duplicates;
    }

    synchronized long gaps() {
        return gaps;
    }

    synchronized long messages() {
        return messages;
    }

    synchronized List<Long> seqs() {
        List<Long> copy = new ArrayList<>();
        for (long seq : seqs) {
            copy.add(seq);
        }
        return Collections.unmodifiableList(copy);
    }

    /** What a sink reports of a partition. */
    synchronized PartitionStatus status(String pipeline, int partition) {
        return new PartitionStatus(
                pipeline,
                partition,
                State.RUNNING,
                epochs[partition],
                seqs[partition],
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                null);
    }

    synchronized long epoch(int partition) {
        return epochs[partition];
    }

    /** Forgets the last entries of a partition, as a target that was restored from an older backup. */
    synchronized void forget(int partition, long entries) {
        seqs[partition] -= entries;
    }

    @Override
    public void close() throws IOException {
        for (Channel channel : channels) {
            channel.abort();
        }
    }

    private synchronized void take(int partition, AMQP.BasicProperties properties, byte[] body) {
        try {
            messages++;
            MessageHeader header = MessageHeader.of(properties.getType(), properties.getHeaders());
            if (header.epoch() > epochs[partition] && header.seq() == 1) {
                epochs[partition] = header.epoch();
                seqs[partition] = 0;
            }
            if (header.epoch() < epochs[partition]) {
                duplicates += header.entries();
                return;
            }
            if (header.epoch() > epochs[partition] || header.seq() > seqs[partition] + 1) {
                gaps++;
                return;
            }
            fold(partition, header, body);
        } catch (RuntimeException e) {
            problems.add(e.toString());
        }
    }

    private void fold(int partition, MessageHeader header, byte[] body) {
        LineScanner lines = new LineScanner().over(body);
        RowLine row = new RowLine();
        Map<Integer, TableLine> tables = new HashMap<>();
        String transaction = "";
        long seq = header.seq() - 1;
        while (lines.next()) {
            if (lines.kind() == LineKind.TRANSACTION) {
                transaction = Objects.requireNonNull(Lines.transaction(lines.body(), lines.from(), lines.to())
                        .gtid());
            } else if (lines.kind() == LineKind.TABLE) {
                TableLine table = Lines.table(lines.body(), lines.from(), lines.to());
                if (tables.put(table.table(), table) != null) {
                    problems.add("table number " + table.table() + " twice in one message");
                }
            } else if (lines.kind() == LineKind.ROW) {
                seq++;
                row.head(lines).cells();
                checkNumber(header.epoch() + "/" + partition + "/" + seq, tables.get(row.table()), row);
                if (seq <= seqs[partition]) {
                    duplicates++;
                    continue;
                }
                seqs[partition] = seq;
                TableLine table = tables.get(row.table());
                if (table == null || transaction.isEmpty()) {
                    problems.add("row without table or transaction line in its message");
                    continue;
                }
                add(partition, table, row, transaction, header.again());
            } else {
                problems.add("unexpected line " + lines.kind());
            }
        }
        if (seq != header.lastSeq()) {
            problems.add("header says " + header.lastSeq() + ", body ends at " + seq);
        }
    }

    private void checkNumber(String number, @Nullable TableLine table, RowLine row) {
        // the table's number in the message may differ, what follows it may not
        String line = new String(row.body(), row.from(), row.to() - row.from(), StandardCharsets.UTF_8);
        String entry = line.charAt(7) + line.substring(line.indexOf(",\"pk\"")) + (table == null ? "" : table.target());
        String before = numbered.putIfAbsent(number, entry);
        if (before != null && !before.equals(entry)) {
            problems.add("entry " + number + " was " + before + " and came again as " + entry);
        }
    }

    private void add(int partition, TableLine table, RowLine row, String transaction, boolean again) {
        String id = cell(row, 0);
        String what = row.op().code() + cell(row, 1);
        TableLine.Target target = Objects.requireNonNull(table.target());
        String name = target.schema() + "." + target.name();
        changes.computeIfAbsent(row.keyed() ? name + "#" + id : name, k -> new ArrayList<>())
                .add(what);
        String line = new String(row.body(), row.from(), row.to() - row.from(), StandardCharsets.UTF_8);
        rows.add(new Row(partition, table, line, id, what, transaction, again));
    }

    private static String cell(RowLine row, int ordinal) {
        int from = row.cellStart(ordinal);
        return new String(row.body(), from, row.cellEndOf(ordinal) - from, StandardCharsets.UTF_8);
    }
}
