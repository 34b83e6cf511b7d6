package dev.sluice.capture.schema;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.capture.reading.SourceConnections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a source's {@code information_schema} for the unique keys of a table besides its primary key, which the binlog
 * does not tell (<a href="https://dev.mysql.com/doc/refman/8.0/en/information-schema-statistics-table.html">STATISTICS</a>).
 * It tells the keys of now, which may be newer than the rows being read. Not thread-safe.
 */
public final class UniqueKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UniqueKeys.class);

    private static final String QUERY = """
            SELECT index_name, column_name, sub_part FROM information_schema.statistics
            WHERE table_schema = ? AND table_name = ? AND non_unique = 0 ORDER BY index_name, seq_in_index
            """;
    private static final String PRIMARY = "PRIMARY";
    private static final int VALID_SECONDS = 5;

    private final SourceAddress source;
    private @Nullable Connection connection;

    public UniqueKeys(SourceAddress source) {
        this.source = source;
    }

    /**
     * The unique keys of a table; a table that is not shown has one of unknown columns, so that its rows keep their
     * order.
     *
     * @throws IOException if the source cannot be asked now
     */
    public List<List<KeyPart>> of(TableShape table) throws IOException {
        try {
            return ask(table);
        } catch (SQLException e) {
            throw new IOException("cannot read the unique keys of " + table + ": " + e.getMessage(), e);
        }
    }

    private List<List<KeyPart>> ask(TableShape table) throws SQLException {
        Map<String, List<KeyPart>> keys = new LinkedHashMap<>();
        try (PreparedStatement query = connected().prepareStatement(QUERY)) {
            query.setString(1, table.schema());
            query.setString(2, table.table());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String column = rows.getString(2);
                    boolean whole = rows.getObject(3) == null;
                    keys.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                            .add(new KeyPart(ordinal(table, column), whole));
                }
            }
        }
        if (keys.isEmpty() && !exists(table)) {
            LOG.warn(
                    "{} is not in information_schema: it is dropped, or the account needs SELECT on it;"
                            + " its rows go through one partition",
                    table);
            return List.of(List.of());
        }
        keys.remove(PRIMARY);
        return List.copyOf(keys.values());
    }

    private boolean exists(TableShape table) throws SQLException {
        String sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?";
        try (PreparedStatement query = connected().prepareStatement(sql)) {
            query.setString(1, table.schema());
            query.setString(2, table.table());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static int ordinal(TableShape table, @Nullable String column) {
        List<ColumnShape> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(column)) {
                return i;
            }
        }
        return KeyPart.EXPRESSION;
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null || !open.isValid(VALID_SECONDS)) {
            close();
            open = SourceConnections.open(source);
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("connection already gone: {}", e.getMessage());
            }
        }
    }
}
