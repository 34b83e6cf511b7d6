package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table whose table map does not name its columns, as all of MySQL 5.7 and those of other servers without full row
 * metadata: its shape has to come from elsewhere, and is compared with what the map does say. Not safe for concurrent use.
 */
public final class BareTable {
    private final byte[] bytes;
    private final MapRules rules;
    private final TableMap map;

    /** Takes the bytes of a table map from its flags on. */
    BareTable(byte[] bytes, MapRules rules, TableMap map) {
        this.bytes = bytes;
        this.rules = rules;
        this.map = map;
    }

    public String schema() {
        return map.schema;
    }

    public String table() {
        return map.table;
    }

    /** Why a shape cannot be the one that rows were logged with; null if nothing speaks against it. */
    public @Nullable String misfit(TableShape shape) {
        if (shape.columns().size() != map.columns) {
            return "the binary log has " + map.columns + " columns, not "
                    + shape.columns().size();
        }
        List<ColumnShape> logged;
        try {
            logged = compile(shape).shape().columns();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        for (int i = 0; i < map.columns; i++) {
            ColumnShape there = logged.get(i);
            ColumnShape given = shape.columns().get(i);
            if (!isType(there, given)
                    || !Objects.equals(there.charset(), given.charset())
                    || map.nullable[i] != given.nullable()) {
                return "the binary log has column " + (i + 1) + " as " + described(there) + ", not " + described(given)
                        + " (" + given.name() + ")";
            }
        }
        return null;
    }

    /** A shape may leave out lengths, which the map has. */
    private static boolean isType(ColumnShape logged, ColumnShape given) {
        return logged.type().equals(given.type())
                || logged.baseType().equals(given.baseType())
                        && given.type().indexOf('(') < 0
                        && logged.unsigned() == given.unsigned();
    }

    private static String described(ColumnShape column) {
        return column.type()
                + (column.charset() == null ? "" : " " + column.charset())
                + (column.nullable() ? "" : " not null");
    }

    /** How to decode its rows with a shape that fits. */
    TableHandle with(TableShape shape) {
        String misfit = misfit(shape);
        if (misfit != null) {
            throw new IllegalArgumentException(this + ": " + misfit);
        }
        return new TableHandle(compile(shape));
    }

    private DecodePlan compile(TableShape shape) {
        TableMap described = new TableMap(new ByteCursor(bytes, 0, bytes.length), rules);
        described.describe(shape);
        return PlanCompiler.compile(described);
    }

    @Override
    public String toString() {
        return map.toString();
    }
}
