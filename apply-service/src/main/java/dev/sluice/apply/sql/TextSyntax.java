package dev.sluice.apply.sql;

import dev.sluice.change.message.LineBuffer;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What differs between servers that get their rows in the text of statements. Stateless. */
interface TextSyntax {
    String quote(String name);

    CellWriter cells(TablePlan.Slot slot);

    /** Stands between the columns of an insert and its rows. */
    String values();

    /** Around an insert that overwrites rows of the same primary key; the names are quoted. */
    String upsertHead();

    String upsertTail(TargetTable table, List<String> columns, List<String> key);

    /** Runs an upsert of a number of rows; how many of them came new. */
    long upsert(Statement statement, String sql, int rows) throws SQLException;

    /** Rows that the statement's present result found, changed or not. */
    long found(Statement statement) throws SQLException;

    /** Whether a statement can update or delete rows that it finds by a list, with {@code STRAIGHT_JOIN} and {@code FORCE INDEX}. */
    boolean joinsLists();

    /** Begins and ends a condition that at most one row of a table fulfils, whatever stands between. */
    String oneRowHead(String table);

    String oneRowTail();

    /** Adds that a column holds exactly a cell; the column's name is written already. */
    void holds(LineBuffer sql, TextColumn column, byte[] json, int from, int to) throws SQLException;

    /** Whether ENUM's index 0 is stored under {@link LenientMode}. */
    boolean lenientEnums();
}
