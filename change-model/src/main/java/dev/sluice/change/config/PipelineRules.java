package dev.sluice.change.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a pipeline must be, given the data sources. */
final class PipelineRules {
    private static final int MAX_PARTITIONS = 128;
    private static final int MAX_TRIES = 1_000;

    private final Configuration configuration;
    private final List<ConfigurationProblem> problems;

    PipelineRules(Configuration configuration, List<ConfigurationProblem> problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    /** Checks one; {@code names} collects the pipelines seen so far with their channels. */
    void check(Pipeline pipeline, Channel channel, String at, Map<String, String> names) {
        if (pipeline == null || pipeline.name() == null) {
            add(at + ".name", "is missing; give the pipeline a name");
            return;
        }
        if (!ConfigurationValidator.isName(pipeline.name())) {
            add(at + ".name", ConfigurationValidator.nameFix(pipeline.name()));
        } else {
            String other = names.putIfAbsent(pipeline.name(), channel.name());
            if (other != null) {
                add(
                        at + ".name",
                        "channel '" + other + "' has a pipeline called '" + pipeline.name()
                                + "'; its queues would be shared; choose another name");
            }
        }
        if (pipeline.state() == null) {
            add(at + ".state", "is missing; choose RUNNING, PAUSED or STOPPED");
        }
        if (pipeline.generation() < 0) {
            add(at + ".generation", "must not be negative");
        }
        if (pipeline.partitions() < 1 || pipeline.partitions() > MAX_PARTITIONS) {
            add(at + ".partitions", pipeline.partitions() + " is out of range; use 1 to " + MAX_PARTITIONS);
        }
        if (pipeline.partitionsBefore() != null
                && (pipeline.partitionsBefore() < 1 || pipeline.partitionsBefore() > MAX_PARTITIONS)) {
            add(at + ".partitionsBefore", "is out of range; leave it out or use 1 to " + MAX_PARTITIONS);
        }
        if (pipeline.replay() != null) {
            checkReplay(pipeline.replay(), at + ".replay");
        }
        Optional<DataSource> source = find(pipeline.source(), at + ".source");
        Optional<DataSource> target = find(pipeline.target(), at + ".target");
        if (pipeline.mode() == Pipeline.Mode.TRANSACTION) {
            checkWholeTransactions(pipeline, target, at);
        }
        source.ifPresent(found -> checkSource(found, at));
        if (source.isPresent() && target.isPresent()) {
            checkSites(source.get(), target.get(), at);
        }
        if (pipeline.apply() != null) {
            checkApply(pipeline.apply(), target, at + ".apply");
            checkNoCircle(pipeline, at + ".apply.ddl");
        }
        if (pipeline.mappings() == null || pipeline.mappings().isEmpty()) {
            add(at + ".mappings", "is empty; nothing would be sent; give at least one mapping");
        } else {
            new MappingRules(pipeline, target.map(DataSource::kind), problems).check(at + ".mappings");
        }
    }

    private void checkWholeTransactions(Pipeline pipeline, Optional<DataSource> target, String at) {
        if (pipeline.partitions() != 1) {
            add(at + ".partitions", "must be 1 with mode TRANSACTION, which keeps the order of transactions");
        }
        if (pipeline.applyRules().onBadRow() == ApplyRules.BadRow.PARK) {
            add(
                    at + ".apply.onBadRow",
                    "cannot be PARK with mode TRANSACTION, whose transactions are written whole; use SUSPEND");
        }
        if (target.isPresent() && target.get().kind() == DataSource.Kind.REDIS) {
            add(at + ".mode", "cannot be TRANSACTION into a REDIS target, which has no transactions; use ROW");
        }
    }

    private void checkReplay(Replay replay, String at) {
        if (replay.generation() < 1) {
            add(at + ".generation", "must be at least 1, and higher with each wish");
        }
        if ((replay.entry() == null) == (replay.time() == null)) {
            add(at + ".entry", "give either entry, a number in the source log, or time, such as 2026-11-21T09:30:00Z");
        } else if (replay.entry() != null && replay.entry() < 1) {
            add(at + ".entry", "must be at least 1, the number of the first entry of a source log");
        }
        if (replay.tables() == null
                || replay.tables().stream()
                        .anyMatch(each -> each == null || each.schema() == null || each.table() == null)) {
            add(at + ".tables", "give a list of schema and table, names or patterns; an empty list means all");
        }
    }

    private Optional<DataSource> find(String name, String at) {
        if (name == null || name.isBlank()) {
            add(at, "is missing; name a data source");
            return Optional.empty();
        }
        Optional<DataSource> found = configuration.dataSources().stream()
                .filter(source -> source != null && name.equals(source.name()))
                .findFirst();
        if (found.isEmpty()) {
            add(at, "there is no data source '" + name + "'; create it first or choose another");
        }
        return found;
    }

    private void checkSource(DataSource source, String at) {
        if (source.kind() != null && !source.kind().capturable()) {
            add(
                    at + ".source",
                    "'" + source.name() + "' is a " + source.kind()
                            + " server, which cannot be captured; choose a MYSQL or MARIADB data source");
        } else if (source.capture() == null) {
            add(
                    at + ".source",
                    "data source '" + source.name()
                            + "' has no capture settings; set its capture, such as a start mode of NOW");
        }
    }

    private void checkSites(DataSource source, DataSource target, String at) {
        if (!source.name().equals(target.name()) && source.siteName().equals(target.siteName())) {
            add(
                    at + ".target",
                    "'" + target.name() + "' has the same site as the source, '" + target.siteName()
                            + "', so changes could not be told apart; give one of them another site");
        }
    }

    private void checkApply(ApplyRules rules, Optional<DataSource> target, String at) {
        if (target.isPresent() && target.get().kind() == DataSource.Kind.REDIS) {
            add(at, "has a meaning only if the target is a database; remove it");
            return;
        }
        if (rules.attempts() < 0 || rules.attempts() > MAX_TRIES) {
            add(at + ".attempts", rules.attempts() + " is out of range; use 0 (for ever) to " + MAX_TRIES);
        }
        if (rules.recoveries() < 0 || rules.recoveries() > MAX_TRIES) {
            add(at + ".recoveries", rules.recoveries() + " is out of range; use 0 to " + MAX_TRIES);
        }
        if (rules.missingRow() == ApplyRules.MissingRow.PARK && rules.onBadRow() != ApplyRules.BadRow.PARK) {
            add(at + ".missingRow", "PARK needs onBadRow PARK; set that, or choose COUNT or UPSERT");
        }
    }

    /** A statement that ran at a target is in the target's binlog too, where nothing tells it from others. */
    private void checkNoCircle(Pipeline pipeline, String at) {
        if (pipeline.target() == null || pipeline.applyRules().ddl().ignoresAll()) {
            return;
        }
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(pipeline.target()));
        while (!next.isEmpty()) {
            String server = next.remove();
            for (Pipeline other : applying(server)) {
                if (Objects.equals(other.target(), pipeline.source())) {
                    add(
                            at,
                            "statements would come back by pipeline '" + other.name() + "' and run again; use IGNORE in"
                                    + " one of the two");
                    return;
                }
                if (reached.add(other.target())) {
                    next.add(other.target());
                }
            }
        }
    }

    private List<Pipeline> applying(String source) {
        return configuration.channels().stream()
                .filter(channel -> channel != null && channel.pipelines() != null)
                .flatMap(channel -> channel.pipelines().stream())
                .filter(other -> other != null
                        && source.equals(other.source())
                        && other.target() != null
                        && !other.applyRules().ddl().ignoresAll())
                .toList();
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
