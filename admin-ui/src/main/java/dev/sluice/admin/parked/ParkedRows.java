package dev.sluice.admin.parked;

import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.error.RepairCommand;
import dev.sluice.change.error.RepairCommand.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The error store: looking at parked rows, and asking the owners of their partitions to do something with them. */
@Service
class ParkedRows {
    private static final Logger log = LoggerFactory.getLogger(ParkedRows.class);

    private static final Duration KEPT_WHEN_SETTLED = Duration.ofDays(30);
    private static final int COMMANDS_SHOWN = 100;

    private final ParkedRepository repository;
    private final RepairQueue queue;
    private final Clock clock = Clock.systemUTC();

    ParkedRows(ParkedRepository repository, RepairQueue queue) {
        this.repository = repository;
        this.queue = queue;
    }

    ParkedPage page(ParkedFilter filter, int page, int size) {
        return new ParkedPage(repository.count(filter), page, size, repository.list(filter, size, (long) page * size));
    }

    ParkedRow get(long id) {
        return repository.find(id).orElseThrow(() -> Refusal.notFound("parked row", Long.toString(id)));
    }

    /** The tables of which rows are parked, each with the row that the others wait for. */
    List<ParkedTableView> tables() {
        return repository.tables(new ParkedFilter(ErrorEntry.State.PARKED, null, null, null, null)).stream()
                .flatMap(table -> repository
                        .list(
                                parkedOf(
                                        table.pipeline(), table.partition(), table.targetSchema(), table.targetTable()),
                                1,
                                0)
                        .stream()
                        .map(first -> new ParkedTableView(
                                table.pipeline(),
                                table.partition(),
                                table.targetSchema(),
                                table.targetTable(),
                                table.rows(),
                                first)))
                .toList();
    }

    List<AskedCommand> commands() {
        return repository.commands(COMMANDS_SHOWN);
    }

    /** Asks to try a row again, with other cells if some are given. */
    ParkedRow retry(long id, @Nullable Map<String, @Nullable JsonNode> cells, String user) {
        ParkedRow row = parked(id);
        Map<String, @Nullable JsonNode> edited = cells == null || cells.isEmpty() ? null : cells;
        if (edited == null) {
            checkFirst(row.entry());
        } else {
            checkCells(row.entry(), edited);
        }
        send(List.of(row.entry()), Action.RETRY, edited, user);
        return row;
    }

    ParkedRow skip(long id, String user) {
        ParkedRow row = parked(id);
        send(List.of(row.entry()), Action.SKIP, null, user);
        return row;
    }

    /** Asks for something with all rows of a table that are known now; returns on how many partitions. */
    int all(Action action, ParkedFilter table, String user) {
        List<ParkedRepository.Counted> partitions = repository.tables(table);
        if (partitions.isEmpty()) {
            throw Refusal.conflict("No row of that table is parked");
        }
        List<ErrorEntry> last = partitions.stream()
                .flatMap(
                        one -> repository
                                .last(parkedOf(one.pipeline(), one.partition(), one.targetSchema(), one.targetTable()))
                                .stream())
                .map(ParkedRow::entry)
                .toList();
        send(last, action, null, user);
        return partitions.size();
    }

    /** Settled rows are history, and not kept for ever. */
    @Scheduled(fixedDelay = 3_600_000)
    void forget() {
        int forgotten = repository.forgetSettled(clock.instant().minus(KEPT_WHEN_SETTLED));
        if (forgotten > 0) {
            log.info(
                    "forgot {} parked rows that were settled more than {} days ago",
                    forgotten,
                    KEPT_WHEN_SETTLED.toDays());
        }
    }

    private ParkedRow parked(long id) {
        ParkedRow row = get(id);
        if (row.entry().state() != ErrorEntry.State.PARKED) {
            throw Refusal.conflict(
                    "The row is not parked any more, it is " + row.entry().state());
        }
        return row;
    }

    private void checkFirst(ErrorEntry entry) {
        ParkedFilter table = parkedOf(entry.pipeline(), entry.partition(), entry.targetSchema(), entry.targetTable());
        repository.list(table, 1, 0).stream()
                .map(ParkedRow::entry)
                .filter(first -> first.seq() != entry.seq() || first.epoch() != entry.epoch())
                .findFirst()
                .ifPresent(first -> {
                    throw Refusal.conflict("Entry " + first.seq() + " of its table comes first; retry or skip that one,"
                            + " or replay the table");
                });
    }

    private static void checkCells(ErrorEntry entry, Map<String, @Nullable JsonNode> cells) {
        if (entry.after() == null) {
            throw Refusal.invalid(
                    List.of(new FieldError("cells", "a delete has no cells to change; retry or skip it")));
        }
        List<FieldError> errors = new ArrayList<>();
        cells.forEach((column, cell) -> {
            if (cell != null && (cell.isContainer() || cell.isBoolean())) {
                errors.add(new FieldError("cells." + column, "needs a string, a number or null, as in a row line"));
            }
        });
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors);
        }
    }

    private void send(
            List<ErrorEntry> entries, Action action, @Nullable Map<String, @Nullable JsonNode> cells, String user) {
        List<RepairQueue.Addressed> commands = entries.stream()
                .map(entry -> new RepairQueue.Addressed(
                        entry.pipeline(),
                        entry.partition(),
                        new RepairCommand(
                                action,
                                entry.targetSchema(),
                                entry.targetTable(),
                                entry.epoch(),
                                entry.seq(),
                                cells,
                                user)))
                .toList();
        queue.send(commands);
        for (RepairQueue.Addressed one : commands) {
            RepairCommand command = one.command();
            repository.note(one.pipeline(), one.partition(), command, clock.instant());
            log.info(
                    "{} asked to {} entry {} of {}.{} of partition {}/{}",
                    user,
                    action,
                    command.seq(),
                    command.targetSchema(),
                    command.targetTable(),
                    one.pipeline(),
                    one.partition());
        }
    }

    private static ParkedFilter parkedOf(String pipeline, int partition, String schema, String table) {
        return new ParkedFilter(ErrorEntry.State.PARKED, pipeline, partition, schema, table);
    }
}
