package dev.sluice.redissink.projection;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the values of one table's entries: cells go as they are, JSON documents are embedded, columns the mapping
 * leaves out are left out. Not thread-safe.
 */
final class ValueProjection {
    private final int[] ordinals;
    private final boolean[] documents;
    /** Field names as Redis hash fields. */
    private final byte[][] fields;
    /** {@code {"id":}, {@code ,"name":} ... */
    private final byte[][] members;

    private final LineBuffer out = new LineBuffer(1024);

    ValueProjection(TableLine table) {
        List<Column> columns = table.columns();
        int[] taken = new int[columns.size()];
        int n = 0;
        for (int i = 0; i < taken.length; i++) {
            if (!columns.get(i).skip()) {
                taken[n++] = i;
            }
        }
        ordinals = Arrays.copyOf(taken, n);
        documents = new boolean[n];
        fields = new byte[n][];
        members = new byte[n][];
        for (int i = 0; i < n; i++) {
            Column column = columns.get(ordinals[i]);
            documents[i] = column.baseType().equals("json");
            fields[i] = column.targetName().getBytes(StandardCharsets.UTF_8);
            members[i] = new LineBuffer(64)
                    .put(i == 0 ? '{' : ',')
                    .string(column.targetName())
                    .put(':')
                    .toByteArray();
        }
    }

    /** Ordinal of a column of the value that the row lacks; -1 if there is none. */
    int lacking(Row row) {
        for (int ordinal : ordinals) {
            if (!row.present(ordinal)) {
                return ordinal;
            }
        }
        return -1;
    }

    /** The row as a JSON object. */
    byte[] json(Row row) {
        out.clear();
        byte[] body = row.bytes();
        for (int i = 0; i < ordinals.length; i++) {
            int from = row.start(ordinals[i]);
            int to = row.end(ordinals[i]);
            out.put(members[i]);
            if (!documents[i] || CellText.isNull(body, from, to)) {
                out.put(body, from, to);
            } else {
                int start = out.length();
                CellBytes.append(body, from, to, out);
                if (out.length() == start) {
                    // MySQL can hold an empty JSON column (old rows of an ADD COLUMN); SELECT shows it as null
                    out.ascii("null");
                }
            }
        }
        return ordinals.length == 0 ? new byte[] {'{', '}'} : out.put('}').toByteArray();
    }

    /** The row as fields of a hash, names and values in turn; NULL has no field. */
    List<byte[]> hash(Row row) {
        List<byte[]> all = new ArrayList<>(ordinals.length * 2);
        byte[] body = row.bytes();
        for (int i = 0; i < ordinals.length; i++) {
            int from = row.start(ordinals[i]);
            int to = row.end(ordinals[i]);
            if (!CellText.isNull(body, from, to)) {
                out.clear();
                CellBytes.append(body, from, to, out);
                all.add(fields[i]);
                all.add(out.toByteArray());
            }
        }
        return all;
    }
}
