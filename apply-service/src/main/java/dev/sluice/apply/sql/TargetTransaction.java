package dev.sluice.apply.sql;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What the statements of one transaction share; the connection is the caller's. Not thread-safe. */
public final class TargetTransaction implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;
    private final int maxRows;
    private final int maxBytes;
    private final ApplyRules.MissingRow missingRow;
    private final LineBuffer sql = new LineBuffer(16_384);
    private @Nullable Row current;
    private long missing;

    /**
     * Begins.
     *
     * @param maxRows of one statement; 1 tells exactly which row fails
     * @param maxBytes of one statement, unless a single row is larger
     * @param missingRow what becomes of an update or delete whose row is not there
     */
    public TargetTransaction(Connection connection, int maxRows, int maxBytes, ApplyRules.MissingRow missingRow)
            throws SQLException {
        this.connection = connection;
        statement = connection.createStatement();
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
        this.missingRow = missingRow;
    }

    /** The last row given to the server. */
    public @Nullable Row current() {
        return current;
    }

    /** Whether an update of a whole row inserts what is not there. */
    public boolean upserts() {
        return missingRow == ApplyRules.MissingRow.UPSERT || missingRow == ApplyRules.MissingRow.UPSERT_WHOLE;
    }

    /** Rows that updates and deletes did not find. */
    public long missing() {
        return missing;
    }

    /**
     * Counts rows that were not there.
     *
     * @param last the last row that can be meant
     * @throws WriteFailed if they count as refused
     */
    public void missing(long rows, Row last) throws WriteFailed {
        if (rows > 0 && missingRow == ApplyRules.MissingRow.PARK) {
            throw new WriteFailed(
                    new Failure.BadRow(last, "the row that an update or delete is about is not at the target", null));
        }
        missing += rows;
    }

    /**
     * Counts a row that an update must have found.
     *
     * @throws WriteFailed unless it is only to be counted
     */
    void notFound(Row row) throws WriteFailed {
        if (missingRow == ApplyRules.MissingRow.UPSERT) {
            throw MissingRow.failure(row);
        }
        missing(1, row);
    }

    void current(Row row) {
        current = row;
    }

    int maxRows() {
        return maxRows;
    }

    int maxBytes() {
        return maxBytes;
    }

    Connection connection() {
        return connection;
    }

    Statement statement() {
        return statement;
    }

    /** The text of the next statement. */
    LineBuffer sql() {
        return sql;
    }

    String text() {
        return new String(sql.array(), 0, sql.length(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
