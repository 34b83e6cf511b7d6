package dev.sluice.admin.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.schema.TableVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a source, or a schema, as captures know it.
 *
 * @param table empty for a schema itself
 * @param versions how many are kept
 * @param reason why its rows are left out; only if they are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TableHistory(
        String schema,
        String table,
        TableVersion.State state,
        int versions,
        @Nullable String reason) {
    static TableHistory of(List<TableVersion> versions) {
        TableVersion last = versions.get(versions.size() - 1);
        return new TableHistory(last.schema(), last.table(), last.state(), versions.size(), last.reason());
    }
}
