package dev.sluice.dispatch.partition;

import dev.sluice.change.config.Mapping;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.MalformedMessage;
import dev.sluice.change.message.TableLine;
import dev.sluice.dispatch.mapping.RowGate;
import dev.sluice.dispatch.mapping.SetCells;
import dev.sluice.dispatch.mapping.TableRewriter;
import dev.sluice.dispatch.routing.RouteTable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the decision for each table line of a message. Lines are told apart by their bytes, so a table is looked at
 * once until its columns, or its number, change. Not thread-safe.
 */
public final class TableDecisions {
    private static final byte[] NOTHING = {};
    /** Above any real schema; beyond it a source that counts its tables up endlessly would fill the memory. */
    private static final int MOST_REMEMBERED = 100_000;

    private final RouteTable routes;
    private final int partitions;
    private final Map<ByteBuffer, TableDecision> known = new HashMap<>();
    private final Map<Integer, ByteBuffer> numbers = new HashMap<>();
    private int nextFreeNumber = 1_000_000;

    private @Nullable TableDecision[] byNumber = new TableDecision[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    /** Serial of the message that named a number last; negative once its line is looked up. */
    private int[] named = new int[64];

    private byte[] body = NOTHING;
    private int message;

    public TableDecisions(RouteTable routes, int partitions) {
        this.routes = routes;
        this.partitions = partitions;
    }

    /** Forgets which numbers are in use: they hold for one message. */
    public void startMessage(byte[] newBody) {
        body = newBody;
        message++;
    }

    /** Takes the table line at {@code [from, to)} into account; it is looked up when a row needs it. */
    public void table(int from, int to) {
        int number = tableNumber(from, to);
        if (number >= byNumber.length) {
            int length = Math.max(number + 1, byNumber.length * 2);
            byNumber = Arrays.copyOf(byNumber, length);
            starts = Arrays.copyOf(starts, length);
            ends = Arrays.copyOf(ends, length);
            named = Arrays.copyOf(named, length);
        }
        starts[number] = from;
        ends[number] = to;
        named[number] = message;
    }

    /**
     * The decision for a table number.
     *
     * @throws MalformedMessage if the current message has no such table line before this row
     */
    public TableDecision of(int number) {
        if (number < named.length) {
            TableDecision decision = byNumber[number];
            if (decision != null && named[number] == -message) {
                return decision;
            }
            if (named[number] == message) {
                return lookUp(number, decision);
            }
        }
        throw new MalformedMessage("row of table number " + number + " without its table line before it");
    }

    private TableDecision lookUp(int number, @Nullable TableDecision last) {
        int from = starts[number];
        int to = ends[number];
        TableDecision decision = last;
        if (decision == null
                || !Arrays.equals(decision.sourceLine(), 0, decision.sourceLine().length, body, from, to)) {
            decision = find(from, to);
            byNumber[number] = decision;
        }
        named[number] = -message;
        return decision;
    }

    private TableDecision find(int from, int to) {
        ByteBuffer line = ByteBuffer.wrap(Arrays.copyOfRange(body, from, to));
        TableDecision decision = known.get(line);
        if (decision == null) {
            if (known.size() >= MOST_REMEMBERED) {
                known.clear();
            }
            decision = decide(line);
            known.put(line, decision);
        }
        return decision;
    }

    private TableDecision decide(ByteBuffer line) {
        byte[] bytes = line.array();
        TableLine source = Lines.table(bytes, 0, bytes.length);
        Optional<Mapping> mapping = routes.of(source);
        if (mapping.isEmpty()) {
            return new TableDecision(source.table(), bytes, NOTHING, 0, null, null);
        }
        int number = source.table();
        if (numbers.putIfAbsent(number, line) != null) {
            number = nextFreeNumber++;
        }
        TableLine target = TableRewriter.rewrite(source, mapping.get());
        LineBuffer out = new LineBuffer(bytes.length + 256);
        Lines.write(out, withNumber(target, number));
        return new TableDecision(
                number,
                bytes,
                out.toByteArray(),
                PartitionChoice.of(target, partitions),
                RowGate.of(source, mapping.get()),
                SetCells.of(source, mapping.get()));
    }

    private static TableLine withNumber(TableLine line, int number) {
        return new TableLine(
                number,
                line.schema(),
                line.name(),
                line.columns(),
                line.key(),
                line.unique(),
                line.target(),
                line.cache(),
                line.create());
    }

    private int tableNumber(int from, int to) {
        int number = 0;
        int i = from + 9; // behind {"table":
        while (i < to && body[i] >= '0' && body[i] <= '9' && number < 10_000_000) {
            number = number * 10 + body[i++] - '0';
        }
        if (i == from + 9 || number >= 10_000_000) {
            throw new MalformedMessage("table line without a number at byte " + from);
        }
        return number;
    }
}
