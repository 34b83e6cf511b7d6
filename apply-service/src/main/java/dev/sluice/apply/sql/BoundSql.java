package dev.sluice.apply.sql;

import dev.sluice.sink.batch.Row;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements about one table with a parameter for each cell, and which cells those are. Immutable. */
final class BoundSql {
    /** A column as it stands in statements. */
    private record Part(TablePlan.Slot slot, String quoted, OracleBinder binder) {
        int ordinal() {
            return slot.ordinal();
        }
    }

    /** A parameter: a column's cell before or after the change. */
    private record Parameter(Part part, boolean before) {}

    /** A statement and its parameters. */
    record Text(String sql, List<Parameter> parameters) {
        /** Binds a row's cells; how many bytes they are. */
        long bind(PreparedStatement statement, Row row) throws SQLException {
            int at = 0;
            long bytes = 0;
            for (Parameter parameter : parameters) {
                int ordinal = parameter.part.ordinal();
                int from = parameter.before ? row.startBefore(ordinal) : row.start(ordinal);
                int to = parameter.before ? row.endBefore(ordinal) : row.end(ordinal);
                parameter.part.binder.bind(statement, ++at, row.bytes(), from, to);
                bytes += to - from;
            }
            return bytes;
        }
    }

    private final String table;
    private final List<Part> parts;
    private final List<Part> key;
    private final Text deleteByKeyBefore;
    private final Text deleteByKey;
    private final Text insert;
    private final Text overwrite;

    BoundSql(TablePlan plan) {
        table = quote(plan.table().schema()) + "." + quote(plan.table().name());
        // a large object must not stand before other parameters
        parts = parts(plan.slots()).stream()
                .sorted(Comparator.comparing(part -> part.binder.large()))
                .toList();
        key = parts(plan.keySlots());
        deleteByKeyBefore = new Builder("DELETE FROM " + table).keyBefore().text();
        deleteByKey = new Builder("DELETE FROM " + table).keyAfter().text();
        insert = insertOf(parts);
        overwrite = overwriteOf(null);
    }

    private static List<Part> parts(List<TablePlan.Slot> slots) {
        return slots.stream()
                .map(slot -> new Part(slot, quote(slot.name()), new OracleBinder(slot)))
                .toList();
    }

    /** In double quotes, which cannot be in a name. */
    static String quote(String name) {
        if (name.indexOf('"') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Oracle has no names with a quote");
        }
        return "\"" + name + "\"";
    }

    Text deleteByKeyBefore() {
        return deleteByKeyBefore;
    }

    Text deleteByKey() {
        return deleteByKey;
    }

    /** A column that the row lacks had its default at the source. */
    Text insert(Row row) {
        return row.complete()
                ? insert
                : insertOf(parts.stream()
                        .filter(part -> row.present(part.ordinal()))
                        .toList());
    }

    private Text insertOf(List<Part> present) {
        Builder builder = new Builder("INSERT INTO " + table + " (");
        List<String> names = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        for (Part part : present) {
            names.add(part.quoted);
            marks.add("?");
            builder.parameters.add(new Parameter(part, false));
        }
        builder.sql
                .append(String.join(",", names))
                .append(") VALUES (")
                .append(String.join(",", marks))
                .append(')');
        return builder.text();
    }

    /** Writes all columns of a row whose key is as it was; one that the row lacks had its default at the source. */
    Text overwrite(Row row) {
        return row.complete() ? overwrite : overwriteOf(row);
    }

    private Text overwriteOf(@Nullable Row row) {
        List<Part> others = parts.stream()
                .filter(part -> !isKey(part) && (row == null || row.present(part.ordinal())))
                .toList();
        Builder builder = new Builder("UPDATE " + table + " SET ").assign(others);
        for (Part part : parts) {
            if (row != null && !row.present(part.ordinal())) {
                builder.assign(part.quoted + "=DEFAULT");
            }
        }
        if (builder.assigned == 0 && !key.isEmpty()) {
            builder.assign(key.get(0).quoted + "=" + key.get(0).quoted);
        }
        return builder.keyAfter().text();
    }

    private boolean isKey(Part part) {
        return key.stream().anyMatch(each -> each.ordinal() == part.ordinal());
    }

    /** Null if no column of the target changes. */
    @Nullable
    Text updateByKey(Row row) {
        List<Part> changed = changed(row);
        return changed.isEmpty()
                ? null
                : new Builder("UPDATE " + table + " SET ")
                        .assign(changed)
                        .keyBefore()
                        .text();
    }

    /** Null if no column of the target changes. */
    @Nullable
    Text updateByContents(Row row) {
        List<Part> changed = changed(row);
        return changed.isEmpty()
                ? null
                : new Builder("UPDATE " + table + " SET ")
                        .assign(changed)
                        .contents(row)
                        .text();
    }

    Text deleteByContents(Row row) {
        return new Builder("DELETE FROM " + table).contents(row).text();
    }

    /** Not TRUNCATE, which would end the transaction. */
    Text deleteAll(Row row) {
        return new Builder("DELETE FROM " + table).cells(row).text();
    }

    /** Null if no unique key without NULL is among the target's columns. */
    @Nullable
    Text deleteByUniqueKey(Row row) {
        for (List<Integer> unique : row.table().unique()) {
            Text text = deleteByUniqueKey(row, unique);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** Deletes the row that has a unique key as this one has it now; null if it has a NULL there. */
    @Nullable
    Text deleteByUniqueKey(Row row, List<Integer> unique) {
        List<Part> own = parts.stream()
                .filter(part -> unique.contains(part.ordinal()) && row.present(part.ordinal()))
                .filter(part -> !part.binder.isNull(row.bytes(), row.start(part.ordinal()), row.end(part.ordinal())))
                .toList();
        if (own.isEmpty() || own.size() < unique.size()) {
            return null;
        }
        Builder builder = new Builder("DELETE FROM " + table);
        own.forEach(part -> builder.where(part, false));
        return builder.text();
    }

    private List<Part> changed(Row row) {
        return parts.stream()
                .filter(part ->
                        row.written(part.ordinal()) || row.start(part.ordinal()) != row.startBefore(part.ordinal()))
                .toList();
    }

    /** Adds clauses and their parameters. */
    private final class Builder {
        private final StringBuilder sql;
        private final List<Parameter> parameters = new ArrayList<>();
        private String joint = " WHERE ";
        private int assigned;

        Builder(String begin) {
            sql = new StringBuilder(begin);
        }

        Builder assign(List<Part> changed) {
            for (Part part : changed) {
                assign(part.quoted + "=?");
                parameters.add(new Parameter(part, false));
            }
            return this;
        }

        void assign(String assignment) {
            sql.append(assigned++ == 0 ? "" : ",").append(assignment);
        }

        Builder keyBefore() {
            key.forEach(part -> where(part, true));
            return this;
        }

        Builder keyAfter() {
            key.forEach(part -> where(part, false));
            return this;
        }

        /** Exactly one row with the contents that this one had. */
        Builder contents(Row row) {
            cells(row).sql.append(joint).append("ROWNUM=1");
            return this;
        }

        Builder cells(Row row) {
            for (Part part : parts) {
                int ordinal = part.ordinal();
                if (!row.presentBefore(ordinal)) {
                    continue;
                }
                if (part.binder.isNull(row.bytes(), row.startBefore(ordinal), row.endBefore(ordinal))) {
                    sql.append(joint).append(part.quoted).append(" IS NULL");
                    joint = " AND ";
                } else {
                    where(part, true);
                }
            }
            return this;
        }

        void where(Part part, boolean before) {
            sql.append(joint);
            joint = " AND ";
            if (part.binder.large()) {
                sql.append("DBMS_LOB.COMPARE(").append(part.quoted).append(",?)=0");
            } else if (part.binder.padded()) {
                sql.append("RTRIM(").append(part.quoted).append(")=?");
            } else {
                sql.append(part.quoted).append("=?");
            }
            parameters.add(new Parameter(part, before));
        }

        Text text() {
            return new Text(sql.toString(), List.copyOf(parameters));
        }
    }
}
