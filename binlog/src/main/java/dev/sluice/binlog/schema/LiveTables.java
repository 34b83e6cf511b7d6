package dev.sluice.binlog.schema;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.SourcePositions;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.protocol.TextLiteral;
import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
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
    private final List<ServerCollation> collations;
    private final Map<String, Integer> numbers;

    private LiveTables(SourceConnection connection, List<ServerCollation> collations) {
        this.connection = connection;
        this.collations = collations;
        numbers = collations.stream().collect(Collectors.toMap(ServerCollation::name, ServerCollation::number));
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

    /** MariaDB shares some collations between character sets and so lists them elsewhere. */
    private static List<ServerCollation> collations(SourceConnection connection) throws IOException {
        boolean shared = connection.version().mariaDb() && connection.version().atLeast(10, 10, 0);
        String all = shared
                ? "SELECT c.full_collation_name AS name, c.id AS number, c.character_set_name AS charset,"
                        + " c.is_default AS standard, s.maxlen AS width"
                        + " FROM information_schema.collation_character_set_applicability c"
                : "SELECT c.collation_name AS name, c.id AS number, c.character_set_name AS charset,"
                        + " c.is_default AS standard, s.maxlen AS width FROM information_schema.collations c";
        List<ServerCollation> found = new ArrayList<>();
        for (Map<String, @Nullable String> row : connection
                .query(all + " JOIN information_schema.character_sets s ON s.character_set_name = c.character_set_name")
                .rows()) {
            found.add(new ServerCollation(
                    text(row, "name").toLowerCase(Locale.ROOT),
                    Integer.parseInt(text(row, "number")),
                    text(row, "charset"),
                    "YES".equalsIgnoreCase(row.get("standard")),
                    Integer.parseInt(text(row, "width"))));
        }
        return List.copyOf(found);
    }

    public ServerVersion version() {
        return connection.version();
    }

    /** The collations that the server knows. */
    public List<ServerCollation> collations() {
        return collations;
    }

    /** A variable of the server; empty if it has none of that name. */
    public String variable(String name) throws IOException {
        return connection
                .query("SHOW GLOBAL VARIABLES WHERE variable_name = " + TextLiteral.of(name))
                .first("value")
                .orElse("");
    }

    /** The default collation of each schema. */
    public Map<String, String> schemas() throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        for (Map<String, @Nullable String> row : connection
                .query("SELECT schema_name, default_collation_name FROM information_schema.schemata")
                .rows()) {
            found.put(text(row, "schema_name"), text(row, "default_collation_name"));
        }
        return found;
    }

    /** The names of all base tables, by their schemas. */
    public Map<String, List<String>> names() throws IOException {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Map<String, @Nullable String> row : connection
                .query("SELECT table_schema, table_name FROM information_schema.tables"
                        + " WHERE table_type NOT LIKE '%VIEW' ORDER BY table_schema, table_name")
                .rows()) {
            found.computeIfAbsent(text(row, "table_schema"), schema -> new ArrayList<>())
                    .add(text(row, "table_name"));
        }
        return found;
    }

    /** Where the log ends now. */
    public FilePosition endOfLog() throws IOException {
        return SourcePositions.endOfLog(connection);
    }

    /**
     * Reads a table.
     *
     * @throws ServerError if the account may not read it, or if it stays locked
     */
    public LiveTable read(String schema, String table) throws IOException {
        FilePosition before = endOfLog();
        connection.execute("START TRANSACTION READ ONLY");
        try {
            // waits until a change that is in the log already can be seen, and keeps the next one off
            connection.execute("SELECT 1 FROM " + quoted(schema) + "." + quoted(table) + " WHERE FALSE");
            String where =
                    " WHERE table_schema = " + TextLiteral.of(schema) + " AND table_name = " + TextLiteral.of(table);
            Optional<String> collation = connection
                    .query("SELECT table_collation AS collation FROM information_schema.tables" + where
                            + " AND table_type NOT LIKE '%VIEW'")
                    .first("collation");
            if (collation.isEmpty()) {
                return new LiveTable(null, "", List.of(), before);
            }
            List<LiveTable.Key> keys = keys(schema, table);
            TableShape shape = shape(schema, table, where, keys);
            return new LiveTable(shape, collation.get(), keys, endOfLog());
        } catch (ServerError e) {
            if (e.code() == NO_SUCH_TABLE || e.code() == NO_SUCH_DATABASE) {
                return new LiveTable(null, "", List.of(), before);
            }
            throw e;
        } finally {
            connection.execute("COMMIT");
        }
    }

    /** With the key that a full table map has too: the server's first unique key of whole NOT NULL columns. */
    private TableShape shape(String schema, String table, String where, List<LiveTable.Key> keys) throws IOException {
        List<ColumnShape> columns = new ArrayList<>();
        for (Map<String, @Nullable String> row : connection
                .query("SELECT column_name, column_type, is_nullable, collation_name, extra"
                        + " FROM information_schema.columns" + where + " ORDER BY ordinal_position")
                .rows()) {
            columns.add(column(row));
        }
        List<LiveTable.Part> key = keys.stream()
                .filter(each -> each.name().equals("PRIMARY")
                        || each.unique() && each.parts().stream().allMatch(LiveTable.Part::tellsRowsApart))
                .findFirst()
                .map(LiveTable.Key::parts)
                .orElse(List.of());
        int[] ordinals =
                key.stream().mapToInt(part -> ordinal(columns, part.column())).toArray();
        int[] prefixes = key.stream().mapToInt(LiveTable.Part::prefix).toArray();
        return new TableShape(schema, table, columns, ordinals, prefixes);
    }

    private ColumnShape column(Map<String, @Nullable String> row) {
        String collation = row.get("collation_name");
        return ColumnShape.of(
                text(row, "column_name"),
                TypeText.normal(text(row, "column_type")),
                "YES".equals(row.get("is_nullable")),
                collation == null ? 0 : numbers.getOrDefault(collation.toLowerCase(Locale.ROOT), 0),
                !text(row, "extra").toUpperCase(Locale.ROOT).contains("INVISIBLE"));
    }

    private List<LiveTable.Key> keys(String schema, String table) throws IOException {
        Map<String, LiveTable.Key> keys = new LinkedHashMap<>();
        for (Map<String, @Nullable String> part : connection
                .query("SHOW INDEX FROM " + quoted(table) + " FROM " + quoted(schema))
                .rows()) {
            keys.computeIfAbsent(
                            text(part, "key_name"),
                            name -> new LiveTable.Key(name, "0".equals(part.get("non_unique")), new ArrayList<>()))
                    .parts()
                    .add(new LiveTable.Part(
                            part.get("column_name"),
                            Integer.parseInt(Objects.requireNonNullElse(part.get("sub_part"), "0")),
                            "YES".equals(part.get("null"))));
        }
        return List.copyOf(keys.values());
    }

    private static int ordinal(List<ColumnShape> columns, @Nullable String name) {
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
