package dev.sluice.apply.sql;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How the rows of a table line are written to its target table, whole ones and such that lack columns. Immutable.
 *
 * <p>An upsert is safe only where no unique key but the primary key can make it hit, and so rewrite, another row.
 */
public final class TablePlan {
    /** How rows find their place. */
    public enum Mode {
        /** By the primary key, and no other key can interfere. */
        UPSERT,
        /** There are further unique keys, or the target's primary key is another one: delete first, then insert. */
        DELETE_INSERT,
        /** By nothing but their contents, one after the other. */
        IN_ORDER
    }

    /** A column; its quoted name also as bytes. */
    private record Slot(int ordinal, String name, byte[] utf8, CellKind kind) {}

    private final TableLine.Target target;
    private final String name;
    private final Mode mode;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Slot> keySlots = new ArrayList<>();
    private final int[] key;
    private final List<Slot> enums;
    private final byte[] insertHead;
    private final byte[] upsertTail;

    TablePlan(TableLine line, TableLine.Target target, TargetTable table) {
        this.target = target;
        name = Identifier.quote(target.schema()) + "." + Identifier.quote(target.name());
        boolean wholeKey = !line.key().isEmpty();
        for (int ordinal : line.key()) {
            wholeKey &= !line.columns().get(ordinal).skip();
        }
        for (int i = 0; i < line.columns().size(); i++) {
            Column column = line.columns().get(i);
            if (!column.skip() && !table.generated().contains(lower(column.targetName()))) {
                slots.add(slot(line, i));
            }
        }
        key = wholeKey ? line.key().stream().mapToInt(Integer::intValue).toArray() : new int[0];
        Set<String> keyNames = new HashSet<>();
        for (int ordinal : key) {
            keySlots.add(slot(line, ordinal));
            keyNames.add(lower(line.columns().get(ordinal).targetName()));
        }
        if (key.length == 0) {
            mode = Mode.IN_ORDER;
        } else if (line.unique().isEmpty()
                && !table.furtherUnique()
                && keyNames.equals(new HashSet<>(table.primaryKey()))) {
            mode = Mode.UPSERT;
        } else {
            mode = Mode.DELETE_INSERT;
        }
        enums = slots.stream()
                .filter(slot -> line.columns().get(slot.ordinal).baseType().equals("enum"))
                .toList();
        insertHead = utf8(insertHead());
        upsertTail = utf8(upsertTail());
    }

    private static Slot slot(TableLine line, int ordinal) {
        Column column = line.columns().get(ordinal);
        String quoted = Identifier.quote(column.targetName());
        return new Slot(ordinal, quoted, utf8(quoted), CellKind.of(column));
    }

    private String insertHead() {
        StringBuilder sql = new StringBuilder("INSERT INTO ").append(name).append(" (");
        for (int i = 0; i < slots.size(); i++) {
            sql.append(i == 0 ? "" : ",").append(slots.get(i).name);
        }
        return sql.append(") VALUES ").toString();
    }

    /** VALUES(c) rather than a row alias, which MariaDB and MySQL before 8.0.19 do not know. */
    private String upsertTail() {
        StringBuilder sql = new StringBuilder(" ON DUPLICATE KEY UPDATE ");
        for (int i = 0; i < slots.size(); i++) {
            String column = slots.get(i).name;
            sql.append(i == 0 ? "" : ",")
                    .append(column)
                    .append("=VALUES(")
                    .append(column)
                    .append(')');
        }
        return sql.toString();
    }

    public TableLine.Target target() {
        return target;
    }

    public Mode mode() {
        return mode;
    }

    /** Ordinals of the primary key's columns; empty in {@link Mode#IN_ORDER}. */
    public int[] key() {
        return key;
    }

    /** Begins an insert of any number of rows. */
    public void insertHead(LineBuffer sql) {
        sql.put(insertHead);
    }

    /** Adds a row to an insert; a column that it lacks had its default at the source. */
    public void insertRow(LineBuffer sql, Row row, boolean first) {
        sql.ascii(first ? "(" : ",(");
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (i > 0) {
                sql.put(',');
            }
            if (row.present(slot.ordinal)) {
                after(sql, row, slot);
            } else {
                sql.ascii("DEFAULT");
            }
        }
        sql.put(')');
    }

    /** Makes an insert an upsert. */
    public void upsertTail(LineBuffer sql) {
        sql.put(upsertTail);
    }

    /** Begins a delete of any number of rows. */
    public void deleteHead(LineBuffer sql) {
        sql.ascii("DELETE FROM ").put(utf8(name)).ascii(" WHERE ");
        if (keySlots.size() == 1) {
            sql.put(keySlots.get(0).utf8).ascii(" IN (");
        }
    }

    /** Adds a row, by its key before the change, to a delete. */
    public void deleteRow(LineBuffer sql, Row row, boolean first) {
        if (keySlots.size() == 1) {
            if (!first) {
                sql.put(',');
            }
            operandBefore(sql, row, keySlots.get(0));
            return;
        }
        // not (a,b) IN ((1,2),…), for which MariaDB scans the table
        sql.ascii(first ? "(" : " OR (");
        for (int i = 0; i < keySlots.size(); i++) {
            sql.ascii(i == 0 ? "" : " AND ").put(keySlots.get(i).utf8).put('=');
            operandBefore(sql, row, keySlots.get(i));
        }
        sql.put(')');
    }

    /** Ends a delete. */
    public void deleteTail(LineBuffer sql) {
        if (keySlots.size() == 1) {
            sql.put(')');
        }
    }

    /**
     * Updates one row, found by its key before the change, in the columns that the change wrote.
     *
     * @return false if no column of the target changes, so that there is nothing to do
     */
    public boolean updateByKey(LineBuffer sql, Row row) {
        if (!update(sql, row)) {
            return false;
        }
        for (int i = 0; i < keySlots.size(); i++) {
            sql.ascii(i == 0 ? " WHERE " : " AND ").put(keySlots.get(i).utf8).put('=');
            operandBefore(sql, row, keySlots.get(i));
        }
        return true;
    }

    /** Deletes one row that is exactly what this one was before. */
    public void deleteByContents(LineBuffer sql, Row row) {
        sql.ascii("DELETE FROM ").put(utf8(name));
        whereBefore(sql, row);
    }

    /**
     * Deletes the row that has the same first unique key as this one has now.
     *
     * @return false if no unique key without NULL is among the target's columns
     */
    public boolean deleteByUniqueKey(LineBuffer sql, Row row) {
        for (List<Integer> unique : row.table().unique()) {
            List<Slot> parts = slots.stream()
                    .filter(slot ->
                            unique.contains(slot.ordinal) && row.present(slot.ordinal) && !row.isNull(slot.ordinal))
                    .toList();
            if (!parts.isEmpty() && parts.size() == unique.size()) {
                sql.ascii("DELETE FROM ").put(utf8(name));
                for (int i = 0; i < parts.size(); i++) {
                    sql.ascii(i == 0 ? " WHERE " : " AND ")
                            .put(parts.get(i).utf8)
                            .put('=');
                    int ordinal = parts.get(i).ordinal;
                    parts.get(i).kind.operand(sql, row.bytes(), row.start(ordinal), row.end(ordinal));
                }
                return true;
            }
        }
        return false;
    }

    /**
     * Updates one row that is exactly what this one was before.
     *
     * @return false if no column of the target changes, so that there is nothing to do
     */
    public boolean updateByContents(LineBuffer sql, Row row) {
        boolean any = update(sql, row);
        whereBefore(sql, row);
        return any;
    }

    private boolean update(LineBuffer sql, Row row) {
        sql.ascii("UPDATE ").put(utf8(name)).ascii(" SET ");
        boolean any = false;
        for (Slot slot : slots) {
            if (row.written(slot.ordinal) || row.start(slot.ordinal) != row.startBefore(slot.ordinal)) {
                sql.ascii(any ? "," : "").put(slot.utf8).put('=');
                after(sql, row, slot);
                any = true;
            }
        }
        return any;
    }

    private void whereBefore(LineBuffer sql, Row row) {
        boolean first = true;
        for (Slot slot : slots) {
            if (!row.presentBefore(slot.ordinal)) {
                continue;
            }
            byte[] column = slot.utf8;
            sql.ascii(first ? " WHERE " : " AND ").put(column).ascii("<=>");
            first = false;
            if (slot.kind == CellKind.JSON && !isNullBefore(row, slot)) {
                sql.ascii("CAST(");
                operandBefore(sql, row, slot);
                sql.ascii(" AS JSON)");
            } else {
                operandBefore(sql, row, slot);
            }
            if (slot.kind == CellKind.TEXT && !isNullBefore(row, slot)) {
                // a collation may hold another row's text equal
                sql.ascii(" AND CAST(CONVERT(").put(column).ascii(" USING utf8mb4) AS BINARY)=CAST(");
                operandBefore(sql, row, slot);
                sql.ascii(" AS BINARY)");
            }
        }
        sql.ascii(" LIMIT 1");
    }

    /** Names of the columns in which a row has ENUM's index 0, which no strict sql_mode stores. */
    public List<String> invalidEnums(Row row) {
        if (enums.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Slot slot : enums) {
            if (row.present(slot.ordinal)
                    && row.end(slot.ordinal) - row.start(slot.ordinal) == 1
                    && row.bytes()[row.start(slot.ordinal)] == '0') {
                names.add(slot.name.substring(1, slot.name.length() - 1));
            }
        }
        return names;
    }

    private static boolean isNullBefore(Row row, Slot slot) {
        return row.bytes()[row.startBefore(slot.ordinal)] == 'n';
    }

    private static void after(LineBuffer sql, Row row, Slot slot) {
        slot.kind.value(sql, row.bytes(), row.start(slot.ordinal), row.end(slot.ordinal));
    }

    private static void operandBefore(LineBuffer sql, Row row, Slot slot) {
        slot.kind.operand(sql, row.bytes(), row.startBefore(slot.ordinal), row.endBefore(slot.ordinal));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
