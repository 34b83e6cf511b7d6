package dev.sluice.sink.partition;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.write.Failure;
import org.jspecify.annotations.Nullable;

/** Counts passing errors that are about one table, and holds it to be refused when there were too many. Not thread-safe. */
final class TableTrouble {
    private final ApplyRules rules;
    private TableLine.@Nullable Target table;
    private int times;

    TableTrouble(ApplyRules rules) {
        this.rules = rules;
    }

    /** A batch went through. */
    void over() {
        times = 0;
    }

    /** The failure, or what has become of it by having come too often: the first row of its table is refused. */
    Failure grown(Failure failure, RowBatch batch) {
        if (!(failure instanceof Failure.Retryable passing) || passing.row() == null) {
            return failure;
        }
        TableLine.Target now = passing.row().target();
        times = now.equals(table) ? times + 1 : 1;
        table = now;
        if (rules.attempts() == 0 || times < rules.attempts()) {
            return failure;
        }
        Row first = batch.rows().stream()
                .filter(row -> row.target().equals(now))
                .findFirst()
                .orElse(passing.row());
        return new Failure.BadRow(first, passing.reason() + ", " + times + " times in a row", null);
    }
}
