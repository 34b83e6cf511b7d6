package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.LineBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Statements of PostgreSQL. */
final class PostgresSyntax implements TextSyntax {
    /** In double quotes, doubled inside. */
    @Override
    public String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public CellWriter cells(TablePlan.Slot slot) {
        return PostgresCells.of(slot);
    }

    /** An identity column gets the source's value, as any other. */
    @Override
    public String values() {
        return " OVERRIDING SYSTEM VALUE VALUES ";
    }

    @Override
    public String upsertHead() {
        return "WITH written AS (";
    }

    /** The key stays as it is: an identity column cannot be set, and indexes on it need no change. */
    @Override
    public String upsertTail(TargetTable table, List<String> columns, List<String> key) {
        String changes = columns.stream()
                .filter(column -> !key.contains(column))
                .map(column -> column + "=EXCLUDED." + column)
                .collect(Collectors.joining(","));
        String first = key.isEmpty() ? "" : key.get(0);
        return " ON CONFLICT (" + String.join(",", key) + ") DO UPDATE SET "
                + (changes.isEmpty() ? first + "=EXCLUDED." + first : changes)
                // a row that was there has been locked by this transaction
                + " RETURNING " + (table.tellsNewRows() ? "xmax=0" : "false")
                + " AS fresh) SELECT count(*) FILTER (WHERE fresh) FROM written";
    }

    @Override
    public long upsert(Statement statement, String sql, int rows) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public long found(Statement statement) throws SQLException {
        return statement.getLargeUpdateCount();
    }

    @Override
    public boolean joinsLists() {
        return false;
    }

    @Override
    public String oneRowHead(String table) {
        return "(tableoid,ctid)=(SELECT tableoid,ctid FROM " + table + " WHERE ";
    }

    @Override
    public String oneRowTail() {
        return " LIMIT 1)";
    }

    @Override
    public void holds(LineBuffer sql, TextColumn column, byte[] json, int from, int to) throws SQLException {
        if (CellText.isNull(json, from, to)) {
            sql.ascii(" IS NULL");
        } else {
            // json has no equality; it keeps the text it was given
            sql.ascii(column.slot().type().equals("json") ? "::text=" : "=");
            column.cells().operand(sql, json, from, to);
        }
    }

    @Override
    public boolean lenientEnums() {
        return false;
    }
}
