package dev.sluice.dispatch.intake;

import dev.sluice.change.message.LineKind;
import dev.sluice.change.message.LineScanner;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.TransactionLine;
import org.jspecify.annotations.Nullable;

/** What a transaction is called at the source: its GTID, or file and offset where there is none. */
public final class TransactionName {
    private TransactionName() {}

    public static String of(TransactionLine line) {
        return line.gtid() != null ? line.gtid() : line.file() + ":" + line.offset();
    }

    /** The name of the transaction of one entry of a message; null if it has no such entry. */
    static @Nullable String ofEntry(byte[] body, long firstSeq, long seq) {
        LineScanner lines = new LineScanner().over(body);
        long entry = firstSeq - 1;
        TransactionLine transaction = null;
        while (lines.next()) {
            if (lines.kind() == LineKind.TRANSACTION) {
                transaction = Lines.transaction(lines.body(), lines.from(), lines.to());
            } else if (lines.kind() == LineKind.ROW || lines.kind() == LineKind.DDL) {
                if (++entry == seq) {
                    return transaction == null ? null : of(transaction);
                }
            }
        }
        return null;
    }
}
