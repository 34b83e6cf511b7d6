package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.ddl.Identifiers;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Statements of MySQL and MariaDB. */
final class MySqlSyntax implements TextSyntax {
    /** In backticks, doubled inside (<a href="https://dev.mysql.com/doc/refman/8.4/en/identifiers.html">names</a>). */
    @Override
    public String quote(String name) {
        return Identifiers.quoted(name);
    }

    @Override
    public CellWriter cells(TablePlan.Slot slot) {
        return MySqlCells.of(slot.source());
    }

    @Override
    public String values() {
        return " VALUES ";
    }

    @Override
    public String upsertHead() {
        return "";
    }

    /** VALUES(c) rather than a row alias, which MariaDB and MySQL before 8.0.19 do not know. */
    @Override
    public String upsertTail(TargetTable table, List<String> columns, List<String> key) {
        return columns.stream()
                .map(column -> column + "=VALUES(" + column + ")")
                .collect(Collectors.joining(",", " ON DUPLICATE KEY UPDATE ", ""));
    }

    @Override
    public long upsert(Statement statement, String sql, int rows) throws SQLException {
        long affected = statement.executeLargeUpdate(sql);
        if (rows == 1) {
            return affected == 1 ? 1 : 0;
        }
        return affected - 2 * ServerInfo.number(statement, "Duplicates", 0);
    }

    @Override
    public long found(Statement statement) throws SQLException {
        return ServerInfo.number(statement, "Rows matched", 1);
    }

    @Override
    public boolean joinsLists() {
        return true;
    }

    @Override
    public String oneRowHead(String table) {
        return "";
    }

    @Override
    public String oneRowTail() {
        return " LIMIT 1";
    }

    @Override
    public void holds(LineBuffer sql, TextColumn column, byte[] json, int from, int to) throws SQLException {
        boolean isNull = CellText.isNull(json, from, to);
        sql.ascii("<=>");
        if (column.cells() == MySqlCells.JSON && !isNull) {
            sql.ascii("CAST(");
            column.cells().operand(sql, json, from, to);
            sql.ascii(" AS JSON)");
        } else {
            column.cells().operand(sql, json, from, to);
        }
        if (column.cells() == MySqlCells.TEXT && !isNull) {
            // a collation may hold another row's text equal
            sql.ascii(" AND CAST(CONVERT(").put(column.utf8()).ascii(" USING utf8mb4) AS BINARY)=CAST(");
            column.cells().operand(sql, json, from, to);
            sql.ascii(" AS BINARY)");
        }
    }

    @Override
    public boolean lenientEnums() {
        return true;
    }
}
