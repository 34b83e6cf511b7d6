package dev.sluice.apply.sql;

import dev.sluice.apply.collapse.NetChange;
import dev.sluice.change.message.LineBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rows of a table by a key of theirs, many in a statement. Immutable.
 *
 * <p>For five keys behind {@code IN} MySQL reads, and locks, all of a table that it believes to be empty because it was just altered, and for
 * many keys MariaDB reads all of a small one; whoever writes other rows then waits. So where statements can join a list of keys, they do, and
 * the server is told to begin with the list; a key that cannot stand in a list has a statement of its own, many of which go together.
 */
final class KeyDeletes {
    private static final int MAX_ROWS = 500;

    private final TableText text;
    private final List<TextColumn> key;
    private final Form in;
    private final Form single;
    private final @Nullable KeyList list;
    private final @Nullable Form joined;
    private final boolean indexed;

    /** A statement, or statements, about any number of keys. */
    private record Form(String begin, Adds adds, byte[] end) {}

    @FunctionalInterface
    private interface Adds {
        void add(LineBuffer sql, NetChange change, boolean first) throws SQLException;
    }

    /** Deletes by columns that are a key of the source's table, and of the target's if all is as it should be. */
    KeyDeletes(TablePlan plan, TableText text, TextSyntax syntax, List<TextColumn> key) {
        this.text = text;
        this.key = key;
        Set<String> names = key.stream()
                .map(column -> column.slot().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String index = syntax.joinsLists() ? plan.table().uniqueIndexes().get(names) : null;
        indexed = index != null;
        list = index == null ? null : KeyList.of(key);
        joined = list == null || index == null
                ? null
                : new Form(
                        "DELETE " + text(text.name()) + " FROM (",
                        list::add,
                        list.join(text.name(), utf8(syntax.quote(index))));
        single = new Form("", this::addStatement, new byte[0]);
        String where = "DELETE FROM " + text(text.name()) + " WHERE ";
        in = key.size() == 1
                ? new Form(where + key.get(0).quoted() + " IN (", this::addValue, utf8(")"))
                : new Form(where, this::addCondition, new byte[0]);
    }

    /** Deletes what changes say is gone, and what those say is there now that are no deletes; returns how many rows were there. */
    long run(TargetTransaction transaction, List<NetChange> changes) throws SQLException {
        if (!indexed) {
            return run(transaction, changes, in);
        }
        if (joined == null || list == null || changes.size() == 1 || transaction.maxRows() == 1) {
            return run(transaction, changes, single);
        }
        List<NetChange> listed = new ArrayList<>(changes.size());
        List<NetChange> others = new ArrayList<>();
        for (NetChange change : changes) {
            (list.takes(change) ? listed : others).add(change);
        }
        return run(transaction, listed, joined) + run(transaction, others, single);
    }

    private static long run(TargetTransaction transaction, List<NetChange> changes, Form form) throws SQLException {
        LineBuffer sql = transaction.sql();
        long deleted = 0;
        int limit = Math.min(transaction.maxRows(), MAX_ROWS);
        for (int i = 0; i < changes.size(); ) {
            sql.clear();
            sql.put(utf8(form.begin()));
            int first = i;
            for (; i < changes.size() && i - first < limit; i++) {
                transaction.current(changes.get(i).row());
                int before = sql.length();
                form.adds().add(sql, changes.get(i), i == first);
                if (i > first && sql.length() + form.end().length >= transaction.maxBytes()) {
                    sql.truncate(before);
                    break;
                }
            }
            sql.put(form.end());
            deleted += execute(transaction);
        }
        return deleted;
    }

    private static long execute(TargetTransaction transaction) throws SQLException {
        Statement statement = transaction.statement();
        statement.execute(transaction.text());
        long deleted = 0;
        for (long count; (count = statement.getLargeUpdateCount()) >= 0; statement.getMoreResults()) {
            deleted += count;
        }
        return deleted;
    }

    private void addStatement(LineBuffer sql, NetChange change, boolean first) throws SQLException {
        sql.ascii(first ? "DELETE FROM " : ";DELETE FROM ").put(text.name()).ascii(" WHERE ");
        hold(sql, change);
    }

    private void addValue(LineBuffer sql, NetChange change, boolean first) throws SQLException {
        sql.ascii(first ? "" : ",");
        TableText.key(sql, change, key.get(0));
    }

    /** Not {@code (a,b) IN ((1,2),…)}, for which MariaDB scans the table. */
    private void addCondition(LineBuffer sql, NetChange change, boolean first) throws SQLException {
        sql.ascii(first ? "(" : " OR (");
        hold(sql, change);
        sql.put(')');
    }

    private void hold(LineBuffer sql, NetChange change) throws SQLException {
        for (int i = 0; i < key.size(); i++) {
            sql.ascii(i == 0 ? "" : " AND ").put(key.get(i).utf8()).put('=');
            TableText.key(sql, change, key.get(i));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
