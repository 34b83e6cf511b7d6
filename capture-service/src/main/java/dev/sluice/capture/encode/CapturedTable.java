package dev.sluice.capture.encode;

import dev.sluice.binlog.row.TableShape;
import dev.sluice.capture.schema.UniqueKeys;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done with the rows of a table; its keys are asked for when its first row is written. Not thread-safe. */
final class CapturedTable {
    /** What a table holds. */
    enum Kind {
        DATA,
        /** The server's own tables, never sent. */
        SYSTEM,
        /** The mark that an apply service writes first in each of its transactions; never sent. */
        WATERMARK
    }

    static final CapturedTable SYSTEM = new CapturedTable(Kind.SYSTEM);

    private static final Set<String> SYSTEM_SCHEMAS =
            Set.of("mysql", "sys", "performance_schema", "information_schema");
    private static final String WATERMARK_TABLE = "sluice_watermark";

    private final Kind kind;
    private @Nullable TableEncoder encoder;

    private CapturedTable(Kind kind) {
        this.kind = kind;
    }

    static CapturedTable of(TableShape shape) {
        if (SYSTEM_SCHEMAS.contains(shape.schema().toLowerCase(java.util.Locale.ROOT))) {
            return SYSTEM;
        }
        return new CapturedTable(shape.table().equalsIgnoreCase(WATERMARK_TABLE) ? Kind.WATERMARK : Kind.DATA);
    }

    Kind kind() {
        return kind;
    }

    TableEncoder encoder(TableShape shape, UniqueKeys uniqueKeys, int nextNumber) throws IOException {
        TableEncoder made = encoder;
        if (made == null) {
            made = new TableEncoder(nextNumber, shape, uniqueKeys.of(shape));
            encoder = made;
        }
        return made;
    }
}
