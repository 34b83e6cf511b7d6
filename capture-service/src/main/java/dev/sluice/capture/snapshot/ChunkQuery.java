package dev.sluice.capture.snapshot;

import dev.sluice.binlog.protocol.TextLiteral;
import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.change.message.CellText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the query of a chunk. Order and comparison of keys are the server's. */
final class ChunkQuery {
    private final SourceTable table;
    private final List<String> columns;

    ChunkQuery(SourceTable table) {
        this.table = table;
        columns = table.key().stream().map(TableName::quoted).toList();
    }

    /**
     * The next rows of a table.
     *
     * @param where null for all rows
     * @param after key of the last row before them, null for the first
     */
    String following(String expressions, @Nullable String where, @Nullable List<String> after, int rows) {
        List<String> conditions = new ArrayList<>();
        if (where != null) {
            conditions.add("(" + where + ")");
        }
        if (after != null) {
            conditions.add(behind(literals(after)));
        }
        return select(expressions)
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY " + String.join(", ", columns) + " LIMIT " + rows;
    }

    /** All rows of a table, in any order. */
    String all(String expressions) {
        return select(expressions);
    }

    /** The rows with these keys. */
    String of(String expressions, List<List<String>> keys) {
        String any = keys.stream().map(key -> equal(literals(key))).collect(Collectors.joining(" OR "));
        return select(expressions) + " WHERE " + any + " ORDER BY " + String.join(", ", columns);
    }

    /** The rows with these keys, which are cells of row lines. */
    String again(String expressions, @Nullable String where, List<List<String>> keys) {
        String any = keys.stream().map(key -> equal(cells(key))).collect(Collectors.joining(" OR "));
        return select(expressions) + " WHERE " + (where == null ? "" : "(" + where + ") AND ") + "(" + any + ")";
    }

    private List<String> cells(List<String> key) {
        int[] ordinals = table.keyOrdinals();
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            ColumnShape column = table.shape().columns().get(ordinals[i]);
            byte[] json = key.get(i).getBytes(StandardCharsets.UTF_8);
            String text = CellText.decode(json, 0, json.length);
            literals.add(
                    json[0] == '"'
                                    && (column.baseType().equals("enum")
                                            || column.baseType().equals("set"))
                            ? TextLiteral.of(text)
                            : KeyLiteral.of(column, table.collations().get(column.name()), text));
        }
        return literals;
    }

    private String select(String expressions) {
        TableShape shape = table.shape();
        return "SELECT " + expressions + " FROM " + new TableName(shape.schema(), shape.table(), 0).quoted()
                + (table.primary() ? " FORCE INDEX (PRIMARY)" : "");
    }

    private List<String> literals(List<String> key) {
        if (key.size() != columns.size()) {
            throw new CannotCopy("a key has " + key.size() + " values, but the table's key is " + table.key());
        }
        int[] ordinals = table.keyOrdinals();
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            ColumnShape column = table.shape().columns().get(ordinals[i]);
            literals.add(KeyLiteral.of(column, table.collations().get(column.name()), key.get(i)));
        }
        return literals;
    }

    /** As {@code (a, b) > (x, y)}, in the form from which servers make a range of the index. */
    private String behind(List<String> literals) {
        int last = columns.size() - 1;
        String condition = columns.get(last) + " > " + literals.get(last);
        for (int i = last - 1; i >= 0; i--) {
            condition = columns.get(i) + " >= " + literals.get(i) + " AND (" + columns.get(i) + " > " + literals.get(i)
                    + " OR " + condition + ")";
        }
        return "(" + condition + ")";
    }

    private String equal(List<String> literals) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < literals.size(); i++) {
            parts.add(columns.get(i) + " = " + literals.get(i));
        }
        return "(" + String.join(" AND ", parts) + ")";
    }
}
