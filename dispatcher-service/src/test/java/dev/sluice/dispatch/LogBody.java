package dev.sluice.dispatch;

import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.RowLineWriter;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.message.TransactionLine;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the body of a source log message as a capture does. */
final class LogBody {
    private LogBody() {}

    static byte[] of(List<Change> changes) {
        LineBuffer out = new LineBuffer(4_000);
        Set<TableLine> tables = new HashSet<>();
        long transaction = -1;
        for (Change change : changes) {
            if (change.transaction() != transaction) {
                transaction = change.transaction();
                Lines.write(out, transaction(transaction, change.before(), change.origin()));
            }
            if (tables.add(change.table())) {
                Lines.write(out, change.table());
            }
            row(out, change);
            if (change.last()) {
                Lines.writeCommit(out, change.seq() - change.before());
            }
        }
        return out.toByteArray();
    }

    static TransactionLine transaction(long number, long before, @Nullable String origin) {
        return new TransactionLine(
                "0-1-" + number, "bin.000001", number * 100, number * 1_000_000, before, origin, null, null);
    }

    private static void row(LineBuffer out, Change change) {
        RowLineWriter line = new RowLineWriter(out);
        int table = change.table().table();
        if (change.table().key().isEmpty()) {
            line.unkeyed(change.op(), table);
        } else {
            line.keyed(change.op(), table, key(change.id()));
            if (change.op() == RowOp.UPDATE && change.id() != change.oldId()) {
                line.oldKey(key(change.oldId()));
            }
        }
        if (!change.table().unique().isEmpty()) {
            line.uniqueKeys(false, email(change.id()));
            if (change.op() == RowOp.UPDATE && change.id() != change.oldId()) {
                line.uniqueKeys(true, email(change.oldId()));
            }
        }
        if (change.op() == RowOp.UPDATE) {
            if (change.id() != change.oldId()) {
                line.changed().ascii("0,1,2");
                line.old()
                        .number(change.oldId())
                        .put(',')
                        .number(change.oldVersion())
                        .put(',')
                        .string(change.oldId() + "@example.org");
            } else {
                line.changed().ascii("1");
                line.old().number(change.oldVersion());
            }
            line.endOld();
        }
        LineBuffer cells = new LineBuffer(200)
                .number(change.id())
                .put(',')
                .number(change.version())
                .put(',')
                .string(change.id() + "@example.org")
                .put(',')
                .string(change.note());
        line.row(cells.array(), 0, cells.length());
    }

    static long key(long id) {
        byte[] digits = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
        return new KeyHash().start().exact(digits, 0, digits.length).finish();
    }

    private static long email(long id) {
        byte[] text = ("\"" + id + "@example.org\"").getBytes(StandardCharsets.US_ASCII);
        return new KeyHash().start().text(text, 0, text.length).finish();
    }
}
