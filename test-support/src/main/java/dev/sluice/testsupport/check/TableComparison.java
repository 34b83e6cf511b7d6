package dev.sluice.testsupport.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares two tables of MySQL or MariaDB row by row in the order of the source's primary key, every column byte for byte,
 * generated ones included. It streams: memory does not grow with the tables. Both tables should be at rest.
 *
 * <p>Rows are paired by the bytes of their keys, those of a table without a primary key by all their columns (the first
 * 1,024 bytes of each order them, MySQL's {@code max_sort_length}), in which order both servers deliver them whatever the columns' collations.
 */
public final class TableComparison {
    private static final int SHOWN = 10;

    private TableComparison() {}

    /**
     * The result.
     *
     * @param missing rows only in the source
     * @param extra rows only in the target
     * @param different rows in both with other values
     * @param examples the first few differences, in words
     */
    public record Result(long rows, long missing, long extra, long different, List<String> examples) {
        public boolean isEqual() {
            return missing == 0 && extra == 0 && different == 0;
        }

        @Override
        public String toString() {
            return isEqual()
                    ? rows + " rows, all equal"
                    : rows + " rows; missing " + missing + ", extra " + extra + ", different " + different + ":\n  "
                            + String.join("\n  ", examples);
        }
    }

    /** Tables are written {@code schema.table}; both connections are used up to the end and left open. */
    public static Result compare(Connection source, String sourceTable, Connection target, String targetTable)
            throws SQLException {
        TableShape shape = TableShape.of(source, sourceTable);
        Difference difference = new Difference(shape);
        try (RowStream left = RowStream.open(source, sourceTable, shape);
                RowStream right = RowStream.open(target, targetTable, shape)) {
            boolean inSource = left.next();
            boolean inTarget = right.next();
            while (inSource || inTarget) {
                int order = !inSource ? 1 : !inTarget ? -1 : left.compareKey(right);
                if (order < 0) {
                    difference.missing(left);
                    inSource = left.next();
                } else if (order > 0) {
                    difference.extra(right);
                    inTarget = right.next();
                } else {
                    difference.both(left, right);
                    inSource = left.next();
                    inTarget = right.next();
                }
            }
        }
        return difference.result();
    }

    private static final class Difference {
        private final TableShape shape;
        private final List<String> examples = new ArrayList<>();
        private long rows;
        private long missing;
        private long extra;
        private long different;

        Difference(TableShape shape) {
            this.shape = shape;
        }

        void missing(RowStream row) throws SQLException {
            rows++;
            missing++;
            show("missing in the target: " + row.describeKey());
        }

        void extra(RowStream row) throws SQLException {
            extra++;
            show("only in the target: " + row.describeKey());
        }

        void both(RowStream left, RowStream right) throws SQLException {
            rows++;
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < shape.columns().size(); i++) {
                if (!left.sameValue(right, i)) {
                    columns.add(shape.columns().get(i) + " " + left.describe(i) + " became " + right.describe(i));
                }
            }
            if (!columns.isEmpty()) {
                different++;
                show(left.describeKey() + ": " + String.join(", ", columns));
            }
        }

        private void show(String example) {
            if (examples.size() < SHOWN) {
                examples.add(example);
            }
        }

        Result result() {
            return new Result(rows, missing, extra, different, List.copyOf(examples));
        }
    }
}
