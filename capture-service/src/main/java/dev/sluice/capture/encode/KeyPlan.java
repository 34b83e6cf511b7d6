package dev.sluice.capture.encode;

import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.capture.schema.KeyPart;
import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.KeyHash;
import java.util.List;

/**
 * How to hash one key of a table from the cells of a row. Parts of which equal values may look different count as
 * constant: expressions, columns of which the key holds only the beginning, and floating point, where -0 equals 0.
 */
final class KeyPlan {
    private enum Part {
        TEXT,
        EXACT,
        CONSTANT
    }

    private final int[] ordinals;
    private final Part[] parts;

    KeyPlan(List<KeyPart> key, List<Column> columns) {
        ordinals = key.stream().mapToInt(KeyPart::ordinal).toArray();
        parts = key.stream().map(part -> part(part, columns)).toArray(Part[]::new);
    }

    private static Part part(KeyPart part, List<Column> columns) {
        if (part.ordinal() == KeyPart.EXPRESSION || !part.whole()) {
            return Part.CONSTANT;
        }
        Column column = columns.get(part.ordinal());
        return switch (column.baseType()) {
            case "float", "double" -> Part.CONSTANT;
            default -> column.textual() ? Part.TEXT : Part.EXACT;
        };
    }

    /** Whether an update changed the stored bytes of one of its columns. */
    boolean changed(DecodedRow row) {
        for (int ordinal : ordinals) {
            if (ordinal >= 0 && row.changed(ordinal)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the row has all of its columns, after the change and before it. */
    boolean known(DecodedRow row) {
        if (row.partial()) {
            for (int ordinal : ordinals) {
                if (ordinal >= 0 && (!row.present(ordinal) || row.written(ordinal))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether one of its columns is NULL, so that the key holds nothing of the row. */
    boolean absent(DecodedRow row, boolean before) {
        for (int ordinal : ordinals) {
            if (ordinal >= 0 && CellText.isNull(row.bytes(), start(row, ordinal, before), end(row, ordinal, before))) {
                return true;
            }
        }
        return false;
    }

    long hash(KeyHash hash, DecodedRow row, boolean before) {
        hash.start();
        byte[] bytes = row.bytes();
        for (int i = 0; i < ordinals.length; i++) {
            int ordinal = ordinals[i];
            switch (parts[i]) {
                case TEXT -> hash.text(bytes, start(row, ordinal, before), end(row, ordinal, before));
                case EXACT -> hash.exact(bytes, start(row, ordinal, before), end(row, ordinal, before));
                case CONSTANT -> hash.exact(bytes, 0, 0);
            }
        }
        return hash.finish();
    }

    private static int start(DecodedRow row, int ordinal, boolean before) {
        return before ? row.oldStart(ordinal) : row.cellStart(ordinal);
    }

    private static int end(DecodedRow row, int ordinal, boolean before) {
        return before ? row.oldEnd(ordinal) : row.cellEnd(ordinal);
    }
}
