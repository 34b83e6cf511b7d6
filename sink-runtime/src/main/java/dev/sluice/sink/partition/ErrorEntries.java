package dev.sluice.sink.partition;

import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.SingleRow;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.write.ErrorStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Describes a parked row to operators. */
final class ErrorEntries {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Bytes of a cell that are shown whole. */
    private static final int SHOWN = 8_192;

    private static final int SHORTENED_TO = 1_000;

    private ErrorEntries() {}

    static ErrorEntry of(Partition partition, ErrorStore.Stored stored) {
        Row row = SingleRow.read(partition, stored.at(), stored.body());
        TransactionLine transaction = row.transaction();
        boolean nothingBefore = row.op() == RowOp.INSERT || row.op() == RowOp.SNAPSHOT || row.op() == RowOp.EMPTY;
        boolean nothingAfter = row.op() == RowOp.DELETE || row.op() == RowOp.EMPTY;
        List<String> shortened = new ArrayList<>();
        return new ErrorEntry(
                partition.pipeline(),
                partition.number(),
                stored.at().epoch(),
                stored.at().seq(),
                stored.revision(),
                stored.state(),
                row.table().schema(),
                row.table().name(),
                stored.table().schema(),
                stored.table().name(),
                String.valueOf(row.op().code()),
                nothingBefore ? null : cells(row, true, shortened),
                nothingAfter ? null : cells(row, false, shortened),
                shortened.isEmpty() ? null : shortened,
                stored.reason(),
                stored.sqlState(),
                stored.tries(),
                transaction.file(),
                transaction.offset(),
                transaction.gtid(),
                transaction.time(),
                stored.parkedAt());
    }

    private static Map<String, JsonNode> cells(Row row, boolean before, List<String> shortened) {
        Map<String, JsonNode> cells = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            if (before ? row.presentBefore(i) : row.present(i)) {
                int from = before ? row.startBefore(i) : row.start(i);
                int to = before ? row.endBefore(i) : row.end(i);
                String column = row.table().columns().get(i).name();
                cells.put(column, cell(row.bytes(), from, to, column, shortened));
            }
        }
        return cells;
    }

    private static @Nullable JsonNode cell(byte[] bytes, int from, int to, String column, List<String> shortened) {
        if (to - from <= SHOWN) {
            return JSON.readTree(bytes, from, to - from);
        }
        if (!shortened.contains(column)) {
            shortened.add(column);
        }
        return StringNode.valueOf(new String(bytes, from + 1, SHORTENED_TO, StandardCharsets.UTF_8) + "…");
    }
}
