package dev.sluice.capture.snapshot;

import dev.sluice.binlog.protocol.ResultRows;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.protocol.TextLiteral;
import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.binlog.schema.TypeText;
import dev.sluice.change.config.ReservedSchemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks {@code information_schema} which tables a source has and what they are like. */
final class SourceTables {
    private static final String PRIMARY = "PRIMARY";

    private SourceTables() {}

    /** All base tables that are not the server's, in order. */
    static List<TableName> all(SourceConnection source) throws IOException {
        ResultRows rows = source.query(
                "SELECT table_schema, table_name, table_rows FROM information_schema.tables WHERE table_type"
                        + " IN ('BASE TABLE', 'SYSTEM VERSIONED') AND table_schema NOT IN ('"
                        + String.join("', '", ReservedSchemas.NAMES) + "')");
        return rows.rows().stream()
                .map(row -> new TableName(
                        text(row, "table_schema"),
                        text(row, "table_name"),
                        Long.parseLong(Objects.requireNonNullElse(row.get("table_rows"), "0"))))
                .sorted(TableName.ORDER)
                .toList();
    }

    /**
     * A table as it is now.
     *
     * @throws CannotCopy if it cannot be copied
     */
    static SourceTable of(SourceConnection source, TableName name) throws IOException {
        String where = " WHERE table_schema = " + TextLiteral.of(name.schema()) + " AND table_name = "
                + TextLiteral.of(name.table());
        List<Map<String, @Nullable String>> columnRows = source.query("SELECT column_name, column_type, is_nullable,"
                        + " character_set_name, collation_name FROM information_schema.columns" + where
                        + " ORDER BY ordinal_position")
                .rows();
        List<ColumnShape> columns =
                columnRows.stream().map(SourceTables::column).toList();
        Map<String, String> collations = new HashMap<>();
        for (Map<String, @Nullable String> row : columnRows) {
            String collation = row.get("collation_name");
            if (collation != null) {
                collations.put(text(row, "column_name"), collation);
            }
        }
        if (columns.isEmpty()) {
            throw new CannotCopy("it is no longer there");
        }
        ResultRows table =
                source.query("SELECT avg_row_length AS bytes, engine FROM information_schema.tables" + where);
        Map<String, List<Map<String, @Nullable String>>> keys = new LinkedHashMap<>();
        for (Map<String, @Nullable String> part : source.query(
                        "SELECT index_name, column_name, sub_part, nullable FROM information_schema.statistics" + where
                                + " AND non_unique = 0 ORDER BY index_name = 'PRIMARY' DESC, index_name, seq_in_index")
                .rows()) {
            keys.computeIfAbsent(text(part, "index_name"), key -> new ArrayList<>())
                    .add(part);
        }
        List<Map<String, @Nullable String>> primary = keys.getOrDefault(PRIMARY, List.of());
        List<String> key = primary.isEmpty()
                ? keys.values().stream()
                        .filter(parts -> parts.stream().allMatch(SourceTables::tellsRowsApart))
                        .map(SourceTables::names)
                        .findFirst()
                        .orElse(List.of())
                : names(primary);
        TableShape shape = new TableShape(
                name.schema(),
                name.table(),
                columns,
                SourceTable.ordinals(columns, names(primary)),
                primary.stream()
                        .mapToInt(part -> Integer.parseInt(Objects.requireNonNullElse(part.get("sub_part"), "0")))
                        .toArray());
        boolean whole = primary.stream().allMatch(part -> part.get("sub_part") == null);
        return new SourceTable(
                shape,
                key,
                !primary.isEmpty() && whole,
                collations,
                Long.parseLong(table.first("bytes").orElse("0")),
                "InnoDB".equalsIgnoreCase(table.first("engine").orElse("")));
    }

    private static boolean tellsRowsApart(Map<String, @Nullable String> part) {
        return part.get("column_name") != null
                && part.get("sub_part") == null
                && !"YES".equalsIgnoreCase(part.get("nullable"));
    }

    private static List<String> names(List<Map<String, @Nullable String>> parts) {
        return parts.stream().map(part -> text(part, "column_name")).toList();
    }

    private static ColumnShape column(Map<String, @Nullable String> row) {
        return new ColumnShape(
                text(row, "column_name"),
                TypeText.normal(text(row, "column_type")),
                "YES".equals(row.get("is_nullable")),
                row.get("character_set_name"),
                0,
                true);
    }

    private static String text(Map<String, @Nullable String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }
}
