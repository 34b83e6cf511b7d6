package dev.sluice.admin.schema;

import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.schema.TableVersion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST of schema histories. */
@RestController
@RequestMapping("/api/v1/data-sources/{name}/tables")
@Tag(name = "Data sources")
class SchemaController {
    private final SchemaHistories histories;

    SchemaController(SchemaHistories histories) {
        this.histories = histories;
    }

    @GetMapping
    @Operation(
            summary = "List the tables that a capture follows",
            description = "Only of sources that do not log the names of columns (binlog_row_metadata other than FULL).")
    List<TableHistory> tables(@PathVariable String name) {
        return histories.of(name).tables().values().stream()
                .map(TableHistory::of)
                .toList();
    }

    @GetMapping("/{schema}/{table}")
    @Operation(summary = "Show what a table looked like from which place of the binlog on, oldest first")
    List<TableVersion> versions(@PathVariable String name, @PathVariable String schema, @PathVariable String table) {
        List<TableVersion> versions = histories.of(name).tables().get(new TableVersion.Name(schema, table));
        if (versions == null) {
            throw Refusal.notFound("table", schema + "." + table);
        }
        return versions;
    }
}
