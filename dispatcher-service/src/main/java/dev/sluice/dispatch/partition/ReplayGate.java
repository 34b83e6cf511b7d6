package dev.sluice.dispatch.partition;

import dev.sluice.change.config.Replay;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.TableLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides which rows of a stretch of the source log are sent again; behind the stretch all are sent. A table without a
 * primary key cannot be, for its rows would be there twice; where others write to the target too, nor can one with further
 * unique keys, for a row that holds an earlier row's value by now may be theirs and not come again. Not thread-safe.
 */
public final class ReplayGate {
    private final Replay wish;
    private final long until;
    private final boolean keysOnly;
    private final long earliestMicros;
    private final Map<TableDecision, Boolean> tables = new IdentityHashMap<>();
    private List<String> leftOut = List.of();
    private boolean tooEarly;

    /** A gate for the entries up to {@code until}; {@code keysOnly} leaves out tables with further unique keys. */
    public ReplayGate(Replay wish, long until, boolean keysOnly) {
        this.wish = wish;
        this.until = until;
        this.keysOnly = keysOnly;
        Instant time = wish.time();
        earliestMicros = time == null ? Long.MIN_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Stands on a transaction line before an entry. */
    public void transaction(byte[] body, int from, int to, long entry) {
        tooEarly = wish.time() != null
                && entry <= until
                && Lines.transaction(body, from, to).time() < earliestMicros;
    }

    /** Whether a row is sent. */
    public boolean passes(TableDecision table, long entry) {
        if (behind(entry)) {
            return true;
        }
        Long first = wish.entry();
        return !tooEarly && (first == null || entry >= first) && tables.computeIfAbsent(table, this::again);
    }

    /** Whether an entry is behind the stretch. */
    public boolean behind(long entry) {
        return entry > until;
    }

    /** Tables that were meant and cannot be sent again. */
    public List<String> leftOut() {
        return leftOut;
    }

    private boolean again(TableDecision table) {
        TableLine line = Lines.table(table.sourceLine(), 0, table.sourceLine().length);
        if (!wish.means(line.schema(), line.name())) {
            return false;
        }
        boolean can = !line.key().isEmpty() && !(keysOnly && !line.unique().isEmpty());
        if (!can) {
            Set<String> all = new TreeSet<>(leftOut);
            all.add(line.schema() + "." + line.name());
            leftOut = List.copyOf(all);
        }
        return can;
    }
}
