package dev.sluice.redissink.projection;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the cache keys of one table's rows. Not thread-safe. */
final class KeyProjection {
    private static final int LITERAL = -1;

    private final byte[][] literals;
    private final int[] ordinals;
    private final LineBuffer out = new LineBuffer(128);

    private KeyProjection(byte[][] literals, int[] ordinals) {
        this.literals = literals;
        this.ordinals = ordinals;
    }

    /**
     * Binds a template to a table. Names are those of the source or, where none matches, of the target; without case,
     * as MySQL compares them.
     */
    static KeyProjection of(KeyTemplate template, TableLine table) {
        List<KeyTemplate.Part> parts = template.parts();
        byte[][] literals = new byte[parts.size()][];
        int[] ordinals = new int[parts.size()];
        for (int i = 0; i < ordinals.length; i++) {
            KeyTemplate.Part part = parts.get(i);
            literals[i] = part.text().getBytes(StandardCharsets.UTF_8);
            ordinals[i] = part.column() ? ordinal(part.text(), template, table) : LITERAL;
        }
        return new KeyProjection(literals, ordinals);
    }

    /** The key of the row as its line has it; null if a column of the key is NULL: such a row is not cached. */
    @Nullable
    CacheKey key(Row row) {
        return render(row, false);
    }

    /** The key that the row had before an update; null as for {@link #key}. */
    @Nullable
    CacheKey keyBefore(Row row) {
        return render(row, true);
    }

    /** Whether an update changed a column of the key. */
    boolean changed(Row row) {
        for (int ordinal : ordinals) {
            if (ordinal != LITERAL && row.startBefore(ordinal) != row.start(ordinal)) {
                return true;
            }
        }
        return false;
    }

    /** Ordinal of a column of the key, after or before the change, that the row lacks; -1 if there is none. */
    int lacking(Row row) {
        for (int ordinal : ordinals) {
            if (ordinal != LITERAL && (!row.present(ordinal) || row.written(ordinal))) {
                return ordinal;
            }
        }
        return -1;
    }

    private @Nullable CacheKey render(Row row, boolean before) {
        out.clear();
        for (int i = 0; i < ordinals.length; i++) {
            int ordinal = ordinals[i];
            if (ordinal == LITERAL) {
                out.put(literals[i]);
                continue;
            }
            int from = before ? row.startBefore(ordinal) : row.start(ordinal);
            int to = before ? row.endBefore(ordinal) : row.end(ordinal);
            if (CellText.isNull(row.bytes(), from, to)) {
                return null;
            }
            CellBytes.append(row.bytes(), from, to, out);
        }
        return new CacheKey(out.toByteArray());
    }

    private static int ordinal(String name, KeyTemplate template, TableLine table) {
        int ordinal = find(name, table, Column::name);
        if (ordinal < 0) {
            ordinal = find(name, table, Column::targetName);
        }
        if (ordinal < 0) {
            throw new InvalidCacheRule("key template '" + template.template() + "' of table " + table.schema() + "."
                    + table.name() + " names column '" + name + "', which the table does not have; it has "
                    + String.join(
                            ", ", table.columns().stream().map(Column::name).toList())
                    + ": correct the mapping");
        }
        return ordinal;
    }

    private static int find(String name, TableLine table, Function<Column, String> nameOf) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (nameOf.apply(table.columns().get(i)).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
