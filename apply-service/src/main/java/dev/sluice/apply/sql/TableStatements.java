package dev.sluice.apply.sql;

import dev.sluice.apply.collapse.NetChange;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.WriteFailed;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Carries out changes of one target table in a transaction, many rows a round trip. Immutable. */
public sealed interface TableStatements permits TextTable, BoundTable {
    TablePlan plan();

    /** Deletes the rows of the changes' keys, of those that stay too; how many were there. */
    long delete(TargetTransaction transaction, List<NetChange> changes) throws SQLException;

    void insert(TargetTransaction transaction, List<Row> rows) throws SQLException;

    /** Inserts rows or overwrites those of the same primary keys; how many came new. */
    long upsert(TargetTransaction transaction, List<Row> rows) throws SQLException;

    /**
     * Updates rows, each of another key that stays as it is, in what changed, many of them by one statement.
     *
     * @return those that it did update, by identity; others cannot go so, or one that went with them is not there
     */
    Set<Row> updateTogether(TargetTransaction transaction, List<Row> rows) throws SQLException;

    /**
     * Updates rows by their keys before the changes, one after the other, in the columns that are told.
     *
     * @throws WriteFailed if one is not there and that is not only to be counted
     */
    void update(TargetTransaction transaction, List<Row> rows) throws SQLException, WriteFailed;

    /** Updates one row that is exactly what this one was before; false if there is none. */
    boolean updateByContents(TargetTransaction transaction, Row row) throws SQLException;

    /** Deletes one row that is exactly what this one was before; false if there is none. */
    boolean deleteByContents(TargetTransaction transaction, Row row) throws SQLException;

    /** Deletes all rows that have the cells of this one, which are those that a mapping sets, if any. */
    void deleteAll(TargetTransaction transaction, Row row) throws SQLException;

    /** Deletes what has any unique key, but the primary one, that these rows have now. */
    void deleteByUniqueKeys(TargetTransaction transaction, List<Row> rows) throws SQLException;

    /** Deletes what has the first unique key that this row has now; false if the row has none without NULL. */
    boolean deleteByUniqueKey(TargetTransaction transaction, Row row) throws SQLException;
}
