package dev.sluice.change.config;

import dev.sluice.change.condition.InvalidCondition;
import dev.sluice.change.condition.RowCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the mappings of one pipeline must be. */
final class MappingRules {
    private static final int MAX_NAME = 64;

    private final Pipeline pipeline;
    private final Optional<DataSource.Kind> target;
    private final List<ConfigurationProblem> problems;

    MappingRules(Pipeline pipeline, Optional<DataSource.Kind> target, List<ConfigurationProblem> problems) {
        this.pipeline = pipeline;
        this.target = target;
        this.problems = problems;
    }

    void check(String at) {
        List<Mapping> mappings = pipeline.mappings();
        for (int m = 0; m < mappings.size(); m++) {
            String in = at + "[" + m + "]";
            int before = problems.size();
            checkNames(mappings.get(m), in);
            if (problems.size() > before) {
                continue;
            }
            checkReached(mappings, m, in);
            checkLoop(mappings.get(m), in);
            new ColumnRulesCheck(problems).check(mappings.get(m), in);
            checkCache(mappings.get(m), in);
            checkRows(mappings.get(m).rows(), in + ".rows");
            checkCreateTable(mappings.get(m), in + ".createTable");
            new SetColumnRules(target, problems).check(mappings.get(m), in + ".set");
        }
    }

    private void checkCreateTable(Mapping mapping, String at) {
        if (mapping.makesTables() && target.isPresent() && target.get() == DataSource.Kind.REDIS) {
            add(at, "has a meaning only if the target is a database; remove it");
        }
    }

    private void checkRows(@Nullable RowFilter rows, String at) {
        if (rows == null) {
            return;
        }
        if (rows.kinds().stream().anyMatch(Objects::isNull)) {
            add(at + ".kinds", "holds an empty entry; choose among INSERT, UPDATE and DELETE");
        }
        if (rows.where() != null) {
            try {
                RowCondition.parse(rows.where());
            } catch (InvalidCondition e) {
                add(at + ".where", String.valueOf(e.getMessage()));
            }
        }
    }

    private void checkNames(Mapping mapping, String at) {
        if (mapping == null) {
            add(at, "is missing; remove the empty entry");
            return;
        }
        checkName(mapping.schema(), at + ".schema", true);
        checkName(mapping.table(), at + ".table", true);
        if (mapping.targetSchema() != null) {
            checkName(mapping.targetSchema(), at + ".targetSchema", false);
        }
        if (mapping.targetTable() != null) {
            checkName(mapping.targetTable(), at + ".targetTable", false);
        }
        if (mapping.schema() != null && ReservedSchemas.NAMES.contains(mapping.schema())) {
            add(at + ".schema", "'" + mapping.schema() + "' belongs to the server or to Sluice; choose another");
        }
        if (mapping.columns() == null) {
            add(at + ".columns", "is missing; leave include, exclude and rename empty for all columns");
        }
    }

    private void checkName(String name, String at, boolean pattern) {
        if (name == null || name.isBlank()) {
            add(at, pattern ? "is missing; give a name or a pattern such as *" : "is empty; remove it or give a name");
        } else if (name.length() > MAX_NAME || name.chars().anyMatch(c -> c < ' ' || c == '`' || c == '/')) {
            add(at, "'" + name + "' is no name a server would take; use at most 64 characters, no ` or /");
        } else if (!pattern && !NamePattern.isLiteral(name)) {
            add(at, "'" + name + "' is a pattern; only schema and table may be one; give a plain name");
        }
    }

    private void checkReached(List<Mapping> mappings, int m, String at) {
        Mapping mapping = mappings.get(m);
        for (int earlier = 0; earlier < m; earlier++) {
            Mapping other = mappings.get(earlier);
            if (other != null
                    && other.schema() != null
                    && other.table() != null
                    && covers(other.schema(), mapping.schema())
                    && covers(other.table(), mapping.table())) {
                add(
                        at + ".table",
                        "mappings[" + earlier + "] already takes every table that this one means; remove one of them,"
                                + " or put the narrower one first");
                return;
            }
        }
    }

    /** Whether a pattern takes every name that another takes; may say no where it does. */
    private static boolean covers(String wide, String narrow) {
        return wide.equals(narrow)
                || (NamePattern.isLiteral(narrow) || wide.indexOf('?') < 0) && NamePattern.matches(wide, narrow);
    }

    private void checkLoop(Mapping mapping, String at) {
        if (pipeline.source() == null || !pipeline.source().equals(pipeline.target())) {
            return;
        }
        String schema = mapping.targetSchema() == null ? mapping.schema() : mapping.targetSchema();
        String table = mapping.targetTable() == null ? mapping.table() : mapping.targetTable();
        if (mapping.matches(schema, table)) {
            add(
                    at + (mapping.targetTable() == null ? ".targetSchema" : ".targetTable"),
                    "source and target are the same server, and the rows would come back to the tables they were read"
                            + " from; give a targetSchema that the mapping does not match, or another target");
        }
    }

    private void checkCache(Mapping mapping, String at) {
        if (target.isEmpty()) {
            return;
        }
        CacheRule cache = mapping.cache();
        if (target.get() != DataSource.Kind.REDIS) {
            if (cache != null) {
                add(at + ".cache", "has a meaning only if the target is REDIS; remove it");
            }
            return;
        }
        if (mapping.targetSchema() != null || mapping.targetTable() != null) {
            add(
                    at + (mapping.targetSchema() != null ? ".targetSchema" : ".targetTable"),
                    "has no meaning if the target is REDIS; remove it and use cache.key");
        }
        if (cache == null) {
            add(at + ".cache", "is missing; the target is REDIS and needs a key such as user:{id} and a format");
            return;
        }
        if (cache.format() == null) {
            add(at + ".cache.format", "is missing; choose JSON or HASH");
        }
        if (cache.ttl() != null && cache.ttl().toMillis() < 1) {
            add(at + ".cache.ttl", "must be positive, such as PT1H, or left out for entries that stay");
        }
        checkKey(cache, mapping.columns(), at + ".cache.key");
    }

    private void checkKey(CacheRule cache, ColumnRules columns, String at) {
        if (cache.key() == null || cache.key().isBlank()) {
            add(at, "is missing; give a template such as user:{id}");
            return;
        }
        List<String> names;
        try {
            names = KeyTemplates.columns(cache.key());
        } catch (IllegalArgumentException e) {
            add(at, String.valueOf(e.getMessage()));
            return;
        }
        if (names.isEmpty()) {
            add(at, "'" + cache.key() + "' names no column, so all rows would share one entry; use one such as {id}");
        }
        for (String name : names) {
            if (!columns.takes(name)) {
                add(at, "{" + name + "} is left out by columns; include it or use another column");
            }
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
