package dev.sluice.apply.sql;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.sink.batch.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What the statements of one transaction share; the connection is the caller's. Not thread-safe. */
public final class TargetTransaction implements AutoCloseable {
    private final Statement statement;
    private final int maxRows;
    private final int maxBytes;
    private final LineBuffer sql = new LineBuffer(16_384);
    private @Nullable Row current;

    /**
     * Begins.
     *
     * @param maxRows of one statement; 1 tells exactly which row fails
     * @param maxBytes of one statement, unless a single row is larger
     */
    public TargetTransaction(Connection connection, int maxRows, int maxBytes) throws SQLException {
        statement = connection.createStatement();
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    /** The last row given to the server. */
    public @Nullable Row current() {
        return current;
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
