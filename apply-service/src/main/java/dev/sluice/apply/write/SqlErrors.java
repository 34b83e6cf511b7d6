package dev.sluice.apply.write;

import dev.sluice.apply.failure.Diagnosis;
import dev.sluice.apply.sql.Dialect;
import dev.sluice.apply.sql.RefusedCell;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Turns the driver's exceptions into failures. */
final class SqlErrors {
    private SqlErrors() {}

    static WriteFailed failed(Dialect dialect, String target, SQLException error, @Nullable Row row) {
        SQLException cause = deepest(error);
        String message = message(cause);
        Diagnosis diagnosis = cause instanceof RefusedCell
                ? new Diagnosis(Diagnosis.Remedy.REPAIR_ROW, message)
                : dialect.diagnose(target, cause, message);
        Failure failure =
                switch (diagnosis.remedy()) {
                    case RETRY -> new Failure.Retryable(diagnosis.reason());
                    case RETRY_TABLE -> new Failure.Retryable(diagnosis.reason(), row);
                    case CHANGE_SETTING -> new Failure.Fatal(diagnosis.reason());
                    case REPAIR_ROW -> new Failure.BadRow(row, diagnosis.reason(), cause.getSQLState());
                };
        return new WriteFailed(failure, error);
    }

    private static String message(SQLException cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String state = cause.getSQLState();
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root == cause || state == null || !state.startsWith("08")) {
            return message;
        }
        // such as "Communications link failure: Connection refused"
        return message.lines().findFirst().orElse("") + ": "
                + (root.getMessage() == null ? root.toString() : root.getMessage());
    }

    /** The pool wraps what kept it from connecting. */
    private static SQLException deepest(SQLException error) {
        SQLException deepest = error;
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                deepest = sql;
            }
        }
        // servers and drivers give a state; the pool, which has no connection or has closed it meanwhile, gives none
        return deepest.getSQLState() == null ? new SQLException(deepest.getMessage(), "08003", deepest) : deepest;
    }
}
