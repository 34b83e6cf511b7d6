package dev.sluice.binlog.schema;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.SourcePositions;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.protocol.TextLiteral;
import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a source's tables are like now. A table cannot change while it is looked at, so that shape and place in the
 * log belong together; changes of it wait for a few milliseconds. Not safe for concurrent use.
 */
public final class LiveTables implements AutoCloseable {
    private static final int NO_SUCH_DATABASE = 1049;
    private static final int NO_SUCH_TABLE = 1146;
    private static final int LOCK_SECONDS = 10;

    private final SourceConnection connection;
    private final Map<String, Integer> collations;

    private LiveTables(SourceConnection connection, Map<String, Integer> collations) {
        this.connection = connection;
        this.collations = collations;
    }

    /**
     * Connects.
     *
     * @param timeout for each answer; more than the ten seconds that a change of a table is waited for
     */
    public static LiveTables open(SourceAddress address, Duration timeout) throws IOException {
        SourceConnection connection = SourceConnection.open(address, timeout);
        try {
            connection.execute("SET SESSION lock_wait_timeout=" + LOCK_SECONDS);
            return new LiveTables(connection, collations(connection));
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Numbers of collations by name. MariaDB shares some between character sets and so lists them elsewhere. */
    private static Map<String, Integer> collations(SourceConnection connection) throws IOException {
        boolean shared = connection.version().mariaDb() && connection.version().atLeast(10, 10, 0);
        Map<String, Integer> numbers = new HashMap<>();
        for (Map<String, @Nullable String> row : connection
                .query(
                        shared
                                ? "SELECT full_collation_name AS name, id FROM"
                                        + " information_schema.collation_character_set_applicability"
                                : "SELECT collation_name AS name, id FROM information_schema.collations")
                .rows()) {
            numbers.put(text(row, "name").toLowerCase(Locale.ROOT), Integer.parseInt(text(row, "id")));
        }
        return numbers;
    }

    /** The number of a collation, or of the default collation of a character set; 0 if the server has neither. */
    public int collation(String name) {
        return collations.getOrDefault(name.toLowerCase(Locale.ROOT), 0);
    }

    /**
     * Reads a table.
     *
     * @throws ServerError if the account may not read it, or if it stays locked
     */
    public LiveTable read(String schema, String table) throws IOException {
        FilePosition before = SourcePositions.endOfLog(connection);
        connection.execute("START TRANSACTION READ ONLY");
        try {
            // waits until a change that is in the log already can be seen, and keeps the next one off
            connection.execute("SELECT 1 FROM " + quoted(schema) + "." + quoted(table) + " WHERE FALSE");
            String where =
                    " WHERE table_schema = " + TextLiteral.of(schema) + " AND table_name = " + TextLiteral.of(table);
            boolean base = connection
                    .query("SELECT table_type AS kind FROM information_schema.tables" + where)
                    .first("kind")
                    .filter(kind -> !kind.endsWith("VIEW"))
                    .isPresent();
            TableShape shape = base ? shape(schema, table, where) : null;
            return new LiveTable(shape, SourcePositions.endOfLog(connection));
        } catch (ServerError e) {
            if (e.code() == NO_SUCH_TABLE || e.code() == NO_SUCH_DATABASE) {
                return new LiveTable(null, before);
            }
            throw e;
        } finally {
            connection.execute("COMMIT");
        }
    }

    private TableShape shape(String schema, String table, String where) throws IOException {
        List<ColumnShape> columns = new ArrayList<>();
        for (Map<String, @Nullable String> row : connection
                .query("SELECT column_name, column_type, is_nullable, collation_name, extra"
                        + " FROM information_schema.columns" + where + " ORDER BY ordinal_position")
                .rows()) {
            columns.add(column(row));
        }
        List<Map<String, @Nullable String>> key = primaryKey(schema, table);
        int[] ordinals = key.stream()
                .mapToInt(part -> ordinal(columns, text(part, "column_name")))
                .toArray();
        int[] prefixes = key.stream()
                .mapToInt(part -> Integer.parseInt(Objects.requireNonNullElse(part.get("sub_part"), "0")))
                .toArray();
        return new TableShape(schema, table, columns, ordinals, prefixes);
    }

    private ColumnShape column(Map<String, @Nullable String> row) {
        String collation = row.get("collation_name");
        return ColumnShape.of(
                text(row, "column_name"),
                TypeText.normal(text(row, "column_type")),
                "YES".equals(row.get("is_nullable")),
                collation == null ? 0 : collation(collation),
                !text(row, "extra").toUpperCase(Locale.ROOT).contains("INVISIBLE"));
    }

    /** What a full table map says too: without a primary key, the server's first unique key of whole NOT NULL columns. */
    private List<Map<String, @Nullable String>> primaryKey(String schema, String table) throws IOException {
        Map<String, List<Map<String, @Nullable String>>> keys = new LinkedHashMap<>();
        for (Map<String, @Nullable String> part : connection
                .query("SHOW INDEX FROM " + quoted(table) + " FROM " + quoted(schema))
                .rows()) {
            if ("0".equals(part.get("non_unique"))) {
                keys.computeIfAbsent(text(part, "key_name"), name -> new ArrayList<>())
                        .add(part);
            }
        }
        List<Map<String, @Nullable String>> primary = keys.get("PRIMARY");
        return primary != null
                ? primary
                : keys.values().stream()
                        .filter(parts -> parts.stream().allMatch(LiveTables::tellsRowsApart))
                        .findFirst()
                        .orElse(List.of());
    }

    private static boolean tellsRowsApart(Map<String, @Nullable String> part) {
        return part.get("column_name") != null && part.get("sub_part") == null && !"YES".equals(part.get("null"));
    }

    private static int ordinal(List<ColumnShape> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new IllegalStateException("column " + name + " of the key is not among the columns");
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String text(Map<String, @Nullable String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    @Override
    public void close() {
        connection.close();
    }
}
