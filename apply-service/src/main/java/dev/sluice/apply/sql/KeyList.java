package dev.sluice.apply.sql;

import dev.sluice.apply.collapse.NetChange;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.sink.batch.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys of rows as a list that a statement of MySQL or MariaDB joins. Immutable.
 *
 * <p>A list gives its columns types of their own. It takes a key only if the server compares it, in such a type, as it does a literal,
 * and finds it in an index: values of other types, and numbers and texts out of the ordinary, are not for it.
 */
final class KeyList {
    /** Digits that every integer has room for, whether signed or not. */
    private static final int MAX_DIGITS = 18;

    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Set<String> TEXTS = Set.of("char", "varchar");
    private static final Set<String> BINARIES = Set.of("binary", "varbinary");
    private static final Set<String> MOMENTS = Set.of("datetime", "timestamp");
    /** In these, ASCII is what it is in UTF-8. */
    private static final Set<String> CHARACTER_SETS = Set.of("utf8mb4", "utf8mb3", "utf8", "latin1", "ascii");

    /** Which values of a column a list takes. */
    private enum Takes {
        ALL,
        SHORT_NUMBERS,
        TEXT,
        ASCII
    }

    /** A column of a key, and what stands around its literal. */
    private record Part(TextColumn column, Takes takes, String before, String behind) {
        static @Nullable Part of(TextColumn column) {
            TargetTable.Column there = column.slot().there();
            String source = column.slot().source().baseType();
            String type = column.slot().type();
            if (there == null) {
                return null;
            } else if (both(INTEGERS, source, type)) {
                return new Part(column, Takes.SHORT_NUMBERS, "", "");
            } else if (both(BINARIES, source, type) || both(Set.of("decimal"), source, type)) {
                return new Part(column, Takes.ALL, "", "");
            } else if (both(MOMENTS, source, type)) {
                return new Part(column, Takes.ALL, "CAST(", " AS DATETIME(6))");
            } else if (both(Set.of("date"), source, type) || both(Set.of("time"), source, type)) {
                return new Part(column, Takes.ALL, "CAST(", type.equals("date") ? " AS DATE)" : " AS TIME(6))");
            } else if (both(TEXTS, source, type) && CHARACTER_SETS.contains(there.characterSet())) {
                // with the column's own character set, or else it may not be compared with the column as it is
                Takes takes = there.characterSet().equals("utf8mb4") ? Takes.TEXT : Takes.ASCII;
                return new Part(column, takes, "_" + there.characterSet(), "");
            }
            return null;
        }

        private static boolean both(Set<String> family, String source, String target) {
            return family.contains(source) && family.contains(target);
        }

        boolean takes(byte[] json, int from, int to) {
            if (takes == Takes.ALL) {
                return true;
            }
            if (takes == Takes.SHORT_NUMBERS) {
                return to - from <= MAX_DIGITS;
            }
            for (int i = from; i < to; i++) {
                if (json[i] == '\\' || takes == Takes.ASCII && json[i] < 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Part> parts;

    private KeyList(List<Part> parts) {
        this.parts = parts;
    }

    /** Null if the key's types are not for a list. */
    static @Nullable KeyList of(List<TextColumn> key) {
        List<Part> parts = new ArrayList<>();
        for (TextColumn column : key) {
            Part part = Part.of(column);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return new KeyList(parts);
    }

    /** Whether a change's key can stand in the list. */
    boolean takes(NetChange change) {
        Row row = change.row();
        boolean takes = true;
        for (Part part : parts) {
            int ordinal = part.column().ordinal();
            takes &= change.delete()
                    ? part.takes(row.bytes(), row.startBefore(ordinal), row.endBefore(ordinal))
                    : part.takes(row.bytes(), row.start(ordinal), row.end(ordinal));
        }
        return takes;
    }

    /** Adds a change's key to the list. */
    void add(LineBuffer sql, NetChange change, boolean first) throws SQLException {
        sql.ascii(first ? "SELECT " : " UNION ALL SELECT ");
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            sql.ascii(i == 0 ? "" : ",").ascii(part.before());
            TableText.key(sql, change, part.column());
            sql.ascii(part.behind()).ascii(first ? " AS k" + i : "");
        }
    }

    /** Ends the list and joins a table by one of its indexes: begins with the list, whatever the server believes. */
    byte[] join(byte[] table, byte[] index) {
        LineBuffer sql = new LineBuffer(256);
        sql.ascii(") sluice_keys STRAIGHT_JOIN ").put(table);
        sql.ascii(" FORCE INDEX (").put(index).ascii(") ON ");
        for (int i = 0; i < parts.size(); i++) {
            byte[] column = parts.get(i).column().utf8();
            sql.ascii(i == 0 ? "" : " AND ").put(table).put('.').put(column);
            sql.ascii("=sluice_keys.k" + i);
        }
        return sql.toByteArray();
    }
}
