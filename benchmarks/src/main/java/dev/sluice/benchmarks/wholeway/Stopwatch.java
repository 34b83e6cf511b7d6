package dev.sluice.benchmarks.wholeway;

import dev.sluice.benchmarks.workload.WideTable;
import dev.sluice.broker.StreamRecord;
import dev.sluice.change.message.LineKind;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.RowLine;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each row was sent, committed and seen in the source log, all by the clock of this JVM. A row's stamp is its number.
 * One thread writes, another one sees.
 */
final class Stopwatch {
    private final AtomicLongArray sent;
    private final AtomicLongArray committed;
    private final AtomicLongArray seen;
    private final LineScanner lines = new LineScanner();
    private final RowLine row = new RowLine();

    Stopwatch(int rows) {
        sent = new AtomicLongArray(rows);
        committed = new AtomicLongArray(rows);
        seen = new AtomicLongArray(rows);
    }

    int rows() {
        return sent.length();
    }

    void sent(int number) {
        sent.set(number, System.nanoTime());
    }

    void committed(int number) {
        committed.set(number, System.nanoTime());
    }

    /** Looks for rows in messages until all are seen or nothing comes for some seconds after the last was sent. */
    void watch(LogFollower log) throws IOException, InterruptedException {
        int missing = rows();
        for (int silence = 0; missing > 0 && silence < 30; ) {
            StreamRecord message = log.next();
            silence = message == null ? silence + 1 : 0;
            if (message != null) {
                missing -= see(message.body(), System.nanoTime());
            }
        }
    }

    private int see(byte[] body, long now) {
        int count = 0;
        lines.over(body);
        while (lines.next()) {
            if (lines.kind() == LineKind.ROW) {
                row.head(lines).cells();
                int number = 0;
                for (int i = row.cellStart(WideTable.STAMP); i < row.cellEndOf(WideTable.STAMP); i++) {
                    if (body[i] >= '0' && body[i] <= '9') {
                        number = number * 10 + body[i] - '0';
                    }
                }
                if (seen.compareAndSet(number, 0, now)) {
                    count++;
                }
            }
        }
        return count;
    }

    /** Rows from a number on that never came. */
    long lost(int from) {
        long lost = 0;
        for (int i = from; i < rows(); i++) {
            lost += seen.get(i) == 0 ? 1 : 0;
        }
        return lost;
    }

    /** Percentiles in milliseconds from before the commit until seen, of the rows from a number on. */
    Map<String, Double> fromSent(int from) {
        return percentiles(sent, from);
    }

    /** The same from when the server had answered the commit; negative where the row was faster than that answer. */
    Map<String, Double> fromCommitted(int from) {
        return percentiles(committed, from);
    }

    private Map<String, Double> percentiles(AtomicLongArray start, int from) {
        long[] spans = new long[rows() - from];
        int count = 0;
        for (int i = from; i < rows(); i++) {
            if (seen.get(i) != 0) {
                spans[count++] = seen.get(i) - start.get(i);
            }
        }
        Map<String, Double> result = new TreeMap<>();
        if (count > 0) {
            Arrays.sort(spans, 0, count);
            for (int percent : new int[] {50, 90, 99}) {
                result.put("p" + percent, Math.round(spans[Math.min(count - 1, count * percent / 100)] / 1e4) / 100.0);
            }
            result.put("max", Math.round(spans[count - 1] / 1e4) / 100.0);
        }
        return result;
    }
}
