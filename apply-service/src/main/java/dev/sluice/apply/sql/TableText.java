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

    /** Begins a delete of any number of rows. */
    void deleteHead(LineBuffer sql) {
        sql.ascii("DELETE FROM ").put(name).ascii(" WHERE ");
        if (key.size() == 1) {
            sql.put(key.get(0).utf8()).ascii(" IN (");
        }
    }

    /** Adds a change's key to a delete. */
    void deleteKey(LineBuffer sql, NetChange change, boolean first) throws SQLException {
        if (key.size() == 1) {
            if (!first) {
                sql.put(',');
            }
            operand(sql, change, key.get(0));
            return;
        }
        // not (a,b) IN ((1,2),…), for which MariaDB scans the table
        sql.ascii(first ? "(" : " OR (");
        for (int i = 0; i < key.size(); i++) {
            sql.ascii(i == 0 ? "" : " AND ").put(key.get(i).utf8()).put('=');
            operand(sql, change, key.get(i));
        }
        sql.put(')');
    }

    private static void operand(LineBuffer sql, NetChange change, TextColumn column) throws SQLException {
        if (change.delete()) {
            operandBefore(sql, change.row(), column);
        } else {
            operandNow(sql, change.row(), column);
        }
    }

    /** Ends a delete. */
    void deleteTail(LineBuffer sql) {
        if (key.size() == 1) {
            sql.put(')');
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
            if (deleteByUniqueKey(sql, row, unique, true)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds the row that has a unique key as this one has it now to a delete, or begins one.
     *
     * @return false, and nothing is added, if this one has a NULL there
     */
    boolean deleteByUniqueKey(LineBuffer sql, Row row, List<Integer> unique, boolean first) throws SQLException {
        List<TextColumn> parts = valued(unique, row);
        if (parts.isEmpty()) {
            return false;
        }
        if (first) {
            sql.ascii("DELETE FROM ").put(name).ascii(" WHERE (");
        } else {
            sql.ascii(" OR (");
        }
        hold(sql, parts, row);
        sql.put(')');
        return true;
    }

    /** A unique key's columns; empty unless the row has a value in each. */
    private List<TextColumn> valued(List<Integer> unique, Row row) {
        List<TextColumn> parts = columns.stream()
                .filter(column -> unique.contains(column.ordinal())
                        && row.present(column.ordinal())
                        && !row.isNull(column.ordinal()))
                .toList();
        return parts.size() == unique.size() ? parts : List.of();
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
