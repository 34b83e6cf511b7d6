package dev.sluice.capture.schema;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.protocol.ResultRows;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.protocol.TextLiteral;
import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.capture.reading.SourceServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final String PRIMARY = "PRIMARY";

    private final SourceAddress source;
    private @Nullable SourceConnection connection;

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
        String where = " WHERE table_schema = " + TextLiteral.of(table.schema()) + " AND table_name = "
                + TextLiteral.of(table.table());
        ResultRows parts = query("SELECT index_name, column_name, sub_part FROM information_schema.statistics" + where
                + " AND non_unique = 0 ORDER BY index_name, seq_in_index");
        if (parts.isEmpty()
                && query("SELECT 1 FROM information_schema.tables" + where).isEmpty()) {
            LOG.warn(
                    "{} is not in information_schema: it is dropped, or the account needs SELECT on it;"
                            + " its rows go through one partition",
                    table);
            return List.of(List.of());
        }
        Map<String, List<KeyPart>> keys = new LinkedHashMap<>();
        for (Map<String, @Nullable String> part : parts.rows()) {
            keys.computeIfAbsent(Objects.requireNonNull(part.get("index_name")), name -> new ArrayList<>())
                    .add(new KeyPart(ordinal(table, part.get("column_name")), part.get("sub_part") == null));
        }
        keys.remove(PRIMARY);
        return List.copyOf(keys.values());
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

    private ResultRows query(String sql) throws IOException {
        SourceConnection open = connection;
        if (open != null) {
            try {
                return open.query(sql);
            } catch (IOException e) {
                LOG.debug("the connection has been idle for too long: {}", e.getMessage());
                close();
            }
        }
        open = SourceConnection.open(source, SourceServer.TIMEOUT);
        connection = open;
        return open.query(sql);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
