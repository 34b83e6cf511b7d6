package dev.sluice.dispatch.ddl;

import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.DdlRules;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.NamePattern;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.change.status.HeldStatement;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlKind;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.TableName;
import dev.sluice.ddl.translation.Names;
import dev.sluice.ddl.translation.NoTranslation;
import dev.sluice.ddl.translation.OracleNames;
import dev.sluice.ddl.translation.OracleStatements;
import dev.sluice.ddl.translation.PostgresStatements;
import dev.sluice.dispatch.routing.RouteTable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a pipeline's statements, by its rules, its mappings and the operator's answers alone, so that whoever
 * dispatches the same entries again decides the same.
 */
public final class DdlRoute {
    private static final Logger LOG = LoggerFactory.getLogger(DdlRoute.class);

    private static final Set<DdlKind> OF_COLUMNS = Set.of(DdlKind.CREATE, DdlKind.ALTER, DdlKind.INDEX);
    private static final int SHOWN = 500;

    private final String pipeline;
    private final DataSource.Kind target;
    private final DdlRules rules;
    private final RouteTable routes;

    public DdlRoute(Pipeline pipeline, DataSource.Kind target) {
        this.pipeline = pipeline.name();
        this.target = target;
        rules = pipeline.applyRules().ddl();
        routes = new RouteTable(pipeline.mappings());
    }

    /**
     * The statement as it runs at the target.
     *
     * @param entry its number in the source log
     * @return empty if the target goes without it
     * @throws StatementHeld if the operator has to say what becomes of it
     */
    public Optional<DdlLine> of(DdlLine line, long entry) {
        DdlRules.Policy policy = rules.of(line.kind(), entry);
        DdlLine.Session session = line.session();
        if (policy == DdlRules.Policy.IGNORE || session == null) {
            if (line.tables().stream()
                    .anyMatch(table -> routes.of(table.schema(), table.name()).isPresent())) {
                LOG.info(
                        "pipeline {}: the statement at entry {}, of kind {}, is left to the operator",
                        pipeline,
                        entry,
                        line.kind());
            }
            return Optional.empty();
        }
        Dialect dialect = new Dialect(session.mariaDb(), session.version(), session.sqlMode());
        Ddl ddl = DdlParser.parse(line.sql(), line.schema(), dialect);
        if (ddl instanceof Ddl.Unreadable unreadable) {
            if (mayTouch(line, unreadable)) {
                throw held(line, entry, "is not understood: " + unreadable.reason(), false);
            }
            return Optional.empty();
        }
        List<TableName> tables = ddl instanceof Ddl.Tables changed ? List.copyOf(changed.named()) : List.of();
        if (tables.stream()
                .noneMatch(table -> captured(line, table) && mapping(table).isPresent())) {
            return Optional.empty();
        }
        Optional<String> obstacle = obstacle(line, ddl, tables);
        if (obstacle.isPresent()) {
            throw held(line, entry, obstacle.get(), false);
        }
        if (policy == DdlRules.Policy.ASK) {
            throw held(line, entry, "waits for an answer", true);
        }
        try {
            translate(ddl);
            String sql = DdlParser.rewrite(line.sql(), line.schema(), dialect, this::target, schema -> schema);
            return Optional.of(line.at(
                    sql, tables.stream().map(this::target).map(DdlRoute::named).toList(), null));
        } catch (IllegalArgumentException | NoTranslation e) {
            throw held(line, entry, String.valueOf(e.getMessage()), false);
        }
    }

    /** The target's own words for it are found where it runs, by the names that the tables have there. */
    private void translate(Ddl ddl) {
        if (!(ddl instanceof Ddl.Tables tables)) {
            return;
        }
        switch (target) {
            case POSTGRESQL -> PostgresStatements.of(tables, Names.SAME);
            case ORACLE -> OracleStatements.of(tables, OracleNames.UNKNOWN);
            case MYSQL, MARIADB, REDIS -> {
                // its own words are the target's, or it goes nowhere
            }
        }
    }

    private static boolean captured(DdlLine line, TableName table) {
        return line.tables().contains(named(table));
    }

    private boolean mayTouch(DdlLine line, Ddl.Unreadable unreadable) {
        return line.tables().stream().anyMatch(table -> routes.of(table.schema(), table.name())
                        .isPresent())
                || unreadable.schemas().stream().anyMatch(routes::mayTake);
    }

    /** What a text with other names cannot express. */
    private Optional<String> obstacle(DdlLine line, Ddl ddl, List<TableName> tables) {
        for (TableName table : tables) {
            Optional<Mapping> mapping = mapping(table);
            if (mapping.isEmpty()) {
                return Optional.of("names " + table + " too, which no mapping takes");
            }
            if (!captured(line, table) && ddl.tables().contains(table)) {
                return Optional.of("names " + table + " too, which the capture leaves out");
            }
            if (mapping.get().manyToOne() || shares(mapping.get(), target(table))) {
                return Optional.of("is about " + table + ", which goes into one target table with others");
            }
            boolean columnsDiffer = !mapping.get().columns().equals(ColumnRules.ALL)
                    || !mapping.get().set().isEmpty();
            if (OF_COLUMNS.contains(ddl.kind()) && columnsDiffer) {
                return Optional.of("is about " + table + ", whose mapping has rules for columns");
            }
        }
        return Optional.empty();
    }

    /** Whether another mapping names the same target table. */
    private boolean shares(Mapping mapping, TableName target) {
        return routes.mappings().stream()
                .anyMatch(other -> !other.equals(mapping)
                        && other.toTable().equals(target.table())
                        && NamePattern.matches(other.toSchema(), target.schema()));
    }

    private Optional<Mapping> mapping(TableName table) {
        return routes.of(table.schema(), table.table());
    }

    private TableName target(TableName table) {
        Mapping mapping = mapping(table)
                .orElseThrow(() -> new IllegalArgumentException("names " + table + " too, which no mapping takes"));
        return new TableName(
                Objects.requireNonNullElse(mapping.targetSchema(), table.schema()),
                Objects.requireNonNullElse(mapping.targetTable(), table.table()));
    }

    private static TableLine.Target named(TableName table) {
        return new TableLine.Target(table.schema(), table.table());
    }

    private StatementHeld held(DdlLine line, long entry, String why, boolean applicable) {
        String sql = line.sql().length() > SHOWN ? line.sql().substring(0, SHOWN) + "…" : line.sql();
        String answers = applicable
                ? "answer apply or ignore at /api/v1/pipelines/" + pipeline + "/statements/" + entry
                : "change the target by hand, then answer ignore at /api/v1/pipelines/" + pipeline + "/statements/"
                        + entry;
        return new StatementHeld(
                "the statement at entry " + entry + " " + why + "; " + answers + ": " + sql,
                new HeldStatement(entry, sql, why, applicable));
    }
}
