package dev.sluice.apply.sql;

import dev.sluice.apply.collapse.NetChange;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.sink.batch.Row;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes the statements about one table, rows that lack columns among them. Immutable. */
final class TableText {
    private final TextSyntax syntax;
    private final byte[] name;
    private final List<TextColumn> columns;
    private final List<TextColumn> key;
    private final List<TextColumn> enums;
    private final List<TextColumn> stamped;
    private final byte[] insertHead;
    private final byte[] upsertHead;
    private final byte[] upsertTail;
    private final byte[] oneRowHead;

    TableText(TablePlan plan, TextSyntax syntax) {
        this.syntax = syntax;
        String table = syntax.quote(plan.table().schema())
                + "."
                + syntax.quote(plan.table().name());
        name = utf8(table);
        columns = plan.slots().stream().map(slot -> TextColumn.of(slot, syntax)).toList();
        key = plan.keySlots().stream().map(slot -> TextColumn.of(slot, syntax)).toList();
        enums = columns.stream()
                .filter(column -> syntax.lenientEnums()
                        && column.slot().source().baseType().equals("enum"))
                .toList();
        stamped = columns.stream().filter(column -> column.slot().stamped()).toList();
        String head = "INSERT INTO " + table + " (" + String.join(",", quoted(columns)) + ")" + syntax.values();
        insertHead = utf8(head);
        upsertHead = utf8(syntax.upsertHead() + head);
        upsertTail = utf8(syntax.upsertTail(plan.table(), quoted(columns), quoted(key)));
        oneRowHead = utf8(syntax.oneRowHead(table));
    }

    private static List<String> quoted(List<TextColumn> columns) {
        return columns.stream().map(TextColumn::quoted).toList();
    }

    /** The table's name, in quotes. */
    byte[] name() {
        return name;
    }

    List<TextColumn> columns() {
        return columns;
    }

    /** The primary key's columns. */
    List<TextColumn> key() {
        return key;
    }

    /** Begins an insert of any number of rows. */
    void insertHead(LineBuffer sql, boolean upsert) {
        sql.put(upsert ? upsertHead : insertHead);
    }

    /** Adds a row to an insert; a column that it lacks had its default at the source. */
    void insertRow(LineBuffer sql, Row row, boolean first) throws SQLException {
        sql.ascii(first ? "(" : ",(");
        for (int i = 0; i < columns.size(); i++) {
            TextColumn column = columns.get(i);
            if (i > 0) {
                sql.put(',');
            }
            if (row.present(column.ordinal())) {
                after(sql, row, column);
            } else {
                sql.ascii("DEFAULT");
            }
        }
        sql.put(')');
    }

    /** Makes an insert an upsert. */
    void upsertTail(LineBuffer sql) {
        sql.put(upsertTail);
    }

    /** Bytes that an upsert has behind its rows. */
    int upsertTailBytes() {
        return upsertTail.length;
    }

    /** Deletes all rows that have this one's cells; not TRUNCATE, which would end the transaction. */
    void deleteAll(LineBuffer sql, Row row) throws SQLException {
        sql.ascii("DELETE FROM ").put(name);
        conditions(sql, row, " WHERE ");
    }

    /** Adds a cell of a key: the one before a delete, the one that any other change leaves. */
    static void key(LineBuffer sql, NetChange change, TextColumn column) throws SQLException {
        if (change.delete()) {
            operandBefore(sql, change.row(), column);
        } else {
            operandNow(sql, change.row(), column);
        }
    }

    /**
     * Updates one row, found by its key before the change, in the columns that the change wrote.
     *
     * @return false if no column of the target changes, so that there is nothing to do
     */
    boolean updateByKey(LineBuffer sql, Row row) throws SQLException {
        if (!update(sql, row)) {
            return false;
        }
        for (int i = 0; i < key.size(); i++) {
            sql.ascii(i == 0 ? " WHERE " : " AND ").put(key.get(i).utf8()).put('=');
            operandBefore(sql, row, key.get(i));
        }
        return true;
    }

    /** Deletes one row that is exactly what this one was before. */
    void deleteByContents(LineBuffer sql, Row row) throws SQLException {
        sql.ascii("DELETE FROM ").put(name);
        whereBefore(sql, row);
    }

    /**
     * Deletes the row that has the same first unique key as this one has now.
     *
     * @return false if no unique key without NULL is among the target's columns
     */
    boolean deleteByUniqueKey(LineBuffer sql, Row row) throws SQLException {
        for (List<Integer> unique : row.table().unique()) {
            List<TextColumn> parts = columns(unique);
            if (parts.size() == unique.size() && valued(row, parts)) {
                sql.ascii("DELETE FROM ").put(name).ascii(" WHERE ");
                hold(sql, parts, row);
                return true;
            }
        }
        return false;
    }

    /** Those of a number of columns that the target has. */
    List<TextColumn> columns(List<Integer> ordinals) {
        return columns.stream()
                .filter(column -> ordinals.contains(column.ordinal()))
                .toList();
    }

    /** Whether a row has a value now in each of a number of columns. */
    static boolean valued(Row row, List<TextColumn> parts) {
        return parts.stream().allMatch(part -> row.present(part.ordinal()) && !row.isNull(part.ordinal()));
    }

    private static void hold(LineBuffer sql, List<TextColumn> parts, Row row) throws SQLException {
        for (int i = 0; i < parts.size(); i++) {
            TextColumn part = parts.get(i);
            sql.ascii(i == 0 ? "" : " AND ").put(part.utf8()).put('=');
            operandNow(sql, row, part);
        }
    }

    /**
     * Updates one row that is exactly what this one was before.
     *
     * @return false if no column of the target changes, so that there is nothing to do
     */
    boolean updateByContents(LineBuffer sql, Row row) throws SQLException {
        boolean any = update(sql, row);
        whereBefore(sql, row);
        return any;
    }

    private boolean update(LineBuffer sql, Row row) throws SQLException {
        sql.ascii("UPDATE ").put(name).ascii(" SET ");
        boolean any = false;
        for (TextColumn column : columns) {
            if (changed(row, column.ordinal())) {
                sql.ascii(any ? "," : "").put(column.utf8()).put('=');
                after(sql, row, column);
                any = true;
            }
        }
        for (TextColumn column : stamped) {
            // what the server writes by itself stays as it is unless the change wrote it
            if (any && !changed(row, column.ordinal())) {
                sql.put(',').put(column.utf8()).put('=').put(column.utf8());
            }
        }
        return any;
    }

    static boolean changed(Row row, int ordinal) {
        return row.written(ordinal) || row.start(ordinal) != row.startBefore(ordinal);
    }

    private void whereBefore(LineBuffer sql, Row row) throws SQLException {
        sql.ascii(" WHERE ").put(oneRowHead);
        conditions(sql, row, "");
        sql.ascii(syntax.oneRowTail());
    }

    private void conditions(LineBuffer sql, Row row, String begin) throws SQLException {
        String joint = begin;
        for (TextColumn column : columns) {
            int ordinal = column.ordinal();
            if (row.presentBefore(ordinal)) {
                sql.ascii(joint).put(column.utf8());
                joint = " AND ";
                syntax.holds(sql, column, row.bytes(), row.startBefore(ordinal), row.endBefore(ordinal));
            }
        }
    }

    /** Names of the columns in which a row has ENUM's index 0, which no strict sql_mode stores. */
    List<String> invalidEnums(Row row) {
        if (enums.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (TextColumn column : enums) {
            int ordinal = column.ordinal();
            if (row.present(ordinal)
                    && row.end(ordinal) - row.start(ordinal) == 1
                    && row.bytes()[row.start(ordinal)] == '0') {
                names.add(column.slot().name());
            }
        }
        return names;
    }

    static void after(LineBuffer sql, Row row, TextColumn column) throws SQLException {
        column.cells().value(sql, row.bytes(), row.start(column.ordinal()), row.end(column.ordinal()));
    }

    private static void operandNow(LineBuffer sql, Row row, TextColumn column) throws SQLException {
        column.cells().operand(sql, row.bytes(), row.start(column.ordinal()), row.end(column.ordinal()));
    }

    private static void operandBefore(LineBuffer sql, Row row, TextColumn column) throws SQLException {
        column.cells().operand(sql, row.bytes(), row.startBefore(column.ordinal()), row.endBefore(column.ordinal()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
