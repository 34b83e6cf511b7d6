package dev.sluice.admin.parked;

import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.error.ErrorEntry.State;
import dev.sluice.change.error.RepairCommand.Action;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** REST of the error store. */
@RestController
@RequestMapping("/api/v1/parked-rows")
@Tag(name = "Parked rows")
class ParkedRowController {
    private static final int LARGEST_PAGE = 500;

    private final ParkedRows rows;

    ParkedRowController(ParkedRows rows) {
        this.rows = rows;
    }

    @GetMapping
    @Operation(
            summary = "List rows that targets refused and those that wait behind them",
            description = "In the order in which they would be applied. Without a state: also those that were applied"
                    + " or skipped within the last 30 days.")
    ParkedPage list(
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(required = false) @Nullable String pipeline,
            @RequestParam(required = false) @Nullable Integer partition,
            @RequestParam(required = false) @Nullable String targetSchema,
            @RequestParam(required = false) @Nullable String targetTable,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "50") int size) {
        if (page < 0 || size < 1 || size > LARGEST_PAGE) {
            throw Refusal.badRequest("page begins with 0, size is 1 to " + LARGEST_PAGE);
        }
        return rows.page(new ParkedFilter(state, pipeline, partition, targetSchema, targetTable), page, size);
    }

    @GetMapping("/tables")
    @Operation(summary = "List the tables of which rows are parked, each with the row that the others wait for")
    List<ParkedTableView> tables() {
        return rows.tables();
    }

    @GetMapping("/commands")
    @Operation(summary = "List who asked lately for what to be done with parked rows, newest first")
    List<AskedCommand> commands() {
        return rows.commands();
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a row with its cells before and after, the reason and its place in the binlog")
    ParkedRow get(@PathVariable long id) {
        return rows.get(id);
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Try a row again, with other cells if some are given",
            description = "Without cells the row must be the first of its table on its partition. A row that is not"
                    + " the first is changed and tried when its turn comes. Cells are as in a row line.")
    ParkedRow retry(@PathVariable long id, @RequestBody(required = false) @Nullable RetryInput input, Principal user) {
        return rows.retry(id, input == null ? null : input.cells(), user.getName());
    }

    @PostMapping("/{id}/skip")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Give a row up: the target goes without this change")
    ParkedRow skip(@PathVariable long id, Principal user) {
        return rows.skip(id, user.getName());
    }

    @PostMapping("/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Apply all parked rows of a table in order, as far as they go; behind the last one it goes on")
    Asked replay(@RequestBody TableInput table, Principal user) {
        return new Asked(rows.all(Action.REPLAY, table.filter(), user.getName()));
    }

    @PostMapping("/skip")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Give up all parked rows of a table that are listed now, such as before a snapshot of it")
    Asked skipAll(@RequestBody TableInput table, Principal user) {
        return new Asked(rows.all(Action.SKIP_TO, table.filter(), user.getName()));
    }

    /** Other cells by the names of the source's columns. */
    record RetryInput(@Nullable Map<String, @Nullable JsonNode> cells) {}

    /** A table at the target; without a partition on all of them. */
    record TableInput(
            @Nullable String pipeline,
            @Nullable Integer partition,
            @Nullable String targetSchema,
            @Nullable String targetTable) {
        private ParkedFilter filter() {
            if (pipeline == null || targetSchema == null || targetTable == null) {
                throw Refusal.badRequest("pipeline, targetSchema and targetTable are needed");
            }
            return new ParkedFilter(State.PARKED, pipeline, partition, targetSchema, targetTable);
        }
    }

    /** On how many partitions it was asked for. */
    record Asked(int partitions) {}
}
