package dev.sluice.apply;

import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.RowLine;
import dev.sluice.dispatch.partition.PartitionBatches;
import dev.sluice.dispatch.partition.TableDecisions;
import dev.sluice.dispatch.partition.TransactionCut;
import dev.sluice.dispatch.routing.RouteTable;
import dev.sluice.sink.batch.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The dispatcher's own choice of partitions, without its broker: which messages each partition queue is to bring. */
final class Spreading {
    private final List<List<Message>> sent = new ArrayList<>();
    private final PartitionBatches batches;
    private final TableDecisions tables;
    private final LineScanner lines = new LineScanner();
    private final RowLine row = new RowLine();
    private final TransactionCut transaction = new TransactionCut();
    private long entry;

    Spreading(int partitions) {
        Mapping all = new Mapping("*", "*", null, null, ColumnRules.ALL, null);
        tables = new TableDecisions(new RouteTable(List.of(all)), partitions);
        batches = new PartitionBatches(
                (partition, header, body) -> sent.get(partition).add(new Message(header, body)),
                1,
                Collections.nCopies(partitions, 0L));
        for (int i = 0; i < partitions; i++) {
            sent.add(new ArrayList<>());
        }
    }

    void dispatch(byte[] body) throws Exception {
        tables.startMessage(body);
        lines.over(body);
        while (lines.next()) {
            switch (lines.kind()) {
                case TRANSACTION -> transaction.at(lines.body(), lines.from(), lines.to());
                case TABLE -> tables.table(lines.from(), lines.to());
                case ROW -> batches.add(transaction, tables.of(row.head(lines).table()), row, ++entry);
                default -> {}
            }
        }
        batches.flush();
    }

    long last(int partition) {
        return batches.lastSeqs().get(partition);
    }

    /**
     * Publishes each partition's messages from a place on, now and then some of them again as a restarted dispatcher
     * does; each partition at its own pace.
     */
    void publish(ApplyBench bench, int[] next, Random random) throws Exception {
        for (int p = 0; p < next.length; p++) {
            List<Message> messages = sent.get(p);
            int until = random.nextInt(3) == 0 ? next[p] : messages.size();
            while (next[p] < until) {
                bench.publish(p, messages.get(next[p]++));
                if (random.nextInt(25) == 0) {
                    next[p] = Math.max(0, next[p] - random.nextInt(4));
                }
            }
        }
    }

    /** Publishes what is left. */
    void finish(ApplyBench bench, int[] next) throws Exception {
        for (int p = 0; p < next.length; p++) {
            for (; next[p] < sent.get(p).size(); next[p]++) {
                bench.publish(p, sent.get(p).get(next[p]));
            }
        }
    }
}
