package dev.sluice.dispatch.partition;

import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.RowLine;
import dev.sluice.dispatch.mapping.RowGate;
import dev.sluice.dispatch.mapping.SetCells;
import dev.sluice.dispatch.mapping.UpdateParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills one batch for each partition and sends it on when it holds 64 kB; a larger row goes alone. Entries are
 * numbered densely for each partition, from what is in the source log and the mappings alone, so whoever dispatches the
 * same entries again gives them the same numbers. Not thread-safe.
 */
public final class PartitionBatches {
    private static final int BATCH_BYTES = 64_000;
    /** Where the table's number begins in a row line: behind <code>{"op":"x","t":</code>. */
    private static final int NUMBER_AT = 14;

    private final Outlet outlet;
    private final long epoch;
    private final boolean whole;
    private final PartitionBatch[] batches;
    private final UpdateParts parts = new UpdateParts();
    private boolean again;

    /** Continues behind the entries that each partition has already, each row for itself. */
    public PartitionBatches(Outlet outlet, long epoch, List<Long> lastSeqs) {
        this(outlet, epoch, lastSeqs, false);
    }

    /** Continues behind the entries that each partition has already; {@code whole} says that transactions will end. */
    public PartitionBatches(Outlet outlet, long epoch, List<Long> lastSeqs, boolean whole) {
        this.outlet = outlet;
        this.epoch = epoch;
        this.whole = whole;
        batches = new PartitionBatch[lastSeqs.size()];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new PartitionBatch(lastSeqs.get(i));
        }
    }

    /** Whether what is added from now on was sent before; never in one message with what was not. */
    public void again(boolean now) throws IOException, InterruptedException {
        if (again != now) {
            flush();
            again = now;
        }
    }

    /**
     * Adds a row.
     *
     * @return how many entries it became; 0 if the mapping leaves it out
     * @throws dev.sluice.dispatch.mapping.MappingRefused if it lacks columns that are needed to tell where it goes
     */
    public int add(TransactionCut transaction, TableDecision table, RowLine row, long sourceSeq)
            throws IOException, InterruptedException {
        RowGate.Passage passage = table.passage(row);
        if (passage == RowGate.Passage.DROP) {
            return 0;
        }
        if (passage != RowGate.Passage.PASS || row.keyChanged() && splits(table, row)) {
            return addParts(transaction, table, row, passage, sourceSeq);
        }
        int partition = partition(table, row.key());
        SetCells setCells = table.setCells();
        if (setCells == null) {
            add(transaction, table, row.table(), partition, row.body(), row.from(), row.to(), sourceSeq);
        } else {
            LineBuffer line = setCells.with(row.body(), row.from(), row.to());
            add(transaction, table, row.table(), partition, line.array(), 0, line.length(), sourceSeq);
        }
        return 1;
    }

    /** Ends the transaction of the rows added last, in the one partition there is. */
    public void end(long entries, long sourceSeq) throws IOException, InterruptedException {
        Lines.writeCommit(batches[0].end(sourceSeq), entries);
        closeIfFull(0);
    }

    /** Sends whatever is waiting. */
    public void flush() throws IOException, InterruptedException {
        for (int i = 0; i < batches.length; i++) {
            send(i);
        }
    }

    /** Number of the last entry of each partition, sent or not. */
    public List<Long> lastSeqs() {
        List<Long> seqs = new ArrayList<>(batches.length);
        for (PartitionBatch batch : batches) {
            seqs.add(batch.lastSeq());
        }
        return seqs;
    }

    private int addParts(
            TransactionCut transaction, TableDecision table, RowLine row, RowGate.Passage passage, long sourceSeq)
            throws IOException, InterruptedException {
        LineBuffer delete = passage == RowGate.Passage.ENTER ? null : parts.delete(row, table.number());
        // refused, if at all, before either part is in a batch
        LineBuffer insert = passage == RowGate.Passage.LEAVE ? null : parts.insert(row, table.number());
        int added = 0;
        if (delete != null) {
            long key = row.keyChanged() ? row.oldKey() : row.key();
            add(transaction, table, partition(table, key), delete, sourceSeq);
            added++;
        }
        if (insert != null) {
            add(transaction, table, partition(table, row.key()), insert, sourceSeq);
            added++;
        }
        return added;
    }

    /** Adds a statement to every partition, in a message of its own behind all that is waiting. */
    public void addToAll(TransactionCut transaction, DdlLine statement, long sourceSeq)
            throws IOException, InterruptedException {
        flush();
        List<Long> seqs = lastSeqs().stream().map(seq -> seq + 2).toList();
        LineBuffer arrival = new LineBuffer(200);
        Lines.write(arrival, DdlLine.arrival(statement.time()));
        LineBuffer line = new LineBuffer(1_000);
        Lines.write(line, statement.at(statement.sql(), statement.tables(), new DdlLine.Barrier(sourceSeq, seqs)));
        for (int i = 0; i < batches.length; i++) {
            batches[i].entry(transaction, sourceSeq).put(arrival.array(), 0, arrival.length());
            batches[i].entry(transaction, sourceSeq).put(line.array(), 0, line.length());
            send(i);
        }
    }

    /** A row that is told only in part cannot be inserted elsewhere; within a partition the update is good as it is. */
    private boolean splits(TableDecision table, RowLine row) {
        return row.cells().complete() || partition(table, row.oldKey()) != partition(table, row.key());
    }

    /** Adds a part of a row, which has its newline and the table's number. */
    private void add(TransactionCut transaction, TableDecision table, int partition, LineBuffer part, long sourceSeq)
            throws IOException, InterruptedException {
        SetCells setCells = table.setCells();
        int end = part.length() - 1;
        LineBuffer line = setCells == null ? part : setCells.with(part.array(), 0, end);
        int to = setCells == null ? end : line.length();
        add(transaction, table, table.number(), partition, line.array(), 0, to, sourceSeq);
    }

    /** Adds the line at {@code [from, to)}, which names its table by {@code number}. */
    private void add(
            TransactionCut transaction,
            TableDecision table,
            int number,
            int partition,
            byte[] body,
            int from,
            int to,
            long sourceSeq)
            throws IOException, InterruptedException {
        LineBuffer out = open(partition, to - from + 1).entry(transaction, table, sourceSeq);
        if (number == table.number()) {
            out.put(body, from, to);
        } else {
            out.put(body, from, from + NUMBER_AT)
                    .number(table.number())
                    .put(body, from + NUMBER_AT + digits(number), to);
        }
        out.put('\n');
        closeIfFull(partition);
    }

    private int partition(TableDecision table, long key) {
        return table.partition() == PartitionChoice.BY_KEY ? KeyHash.partition(key, batches.length) : table.partition();
    }

    private PartitionBatch open(int partition, int length) throws IOException, InterruptedException {
        PartitionBatch batch = batches[partition];
        if (!batch.isEmpty() && batch.length() + length > BATCH_BYTES) {
            send(partition);
        }
        return batch;
    }

    private void closeIfFull(int partition) throws IOException, InterruptedException {
        if (batches[partition].length() >= BATCH_BYTES) {
            send(partition);
        }
    }

    private void send(int partition) throws IOException, InterruptedException {
        PartitionBatch batch = batches[partition];
        if (batch.isEmpty()) {
            return;
        }
        outlet.send(partition, batch.header(epoch, whole, again), batch.body());
        batch.clear();
    }

    private static int digits(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
