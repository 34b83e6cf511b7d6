package dev.sluice.change.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Refuses mappings that go to one table of one target and do not agree by which set columns its rows are told apart,
 * or set the same there: one would delete and overwrite the rows of the other.
 */
final class MergedTables {
    private record Destination(String target, String schema, String table) {}

    /** What a mapping sets in the key, by column; names of source tables may be patterns. */
    private record Part(String mapping, Map<String, String> key) {}

    private final Map<Destination, List<Part>> known = new HashMap<>();
    private final List<ConfigurationProblem> problems;

    private MergedTables(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    static void check(Configuration configuration, List<ConfigurationProblem> problems) {
        MergedTables tables = new MergedTables(problems);
        for (int c = 0; c < configuration.channels().size(); c++) {
            Channel channel = configuration.channels().get(c);
            if (channel == null || channel.pipelines() == null) {
                continue;
            }
            for (int p = 0; p < channel.pipelines().size(); p++) {
                Pipeline pipeline = channel.pipelines().get(p);
                if (pipeline != null && pipeline.mappings() != null) {
                    tables.check(pipeline, "channels[" + c + "].pipelines[" + p + "].mappings");
                }
            }
        }
    }

    private void check(Pipeline pipeline, String at) {
        for (int m = 0; m < pipeline.mappings().size(); m++) {
            Mapping mapping = pipeline.mappings().get(m);
            String in = at + "[" + m + "]";
            if (mapping == null
                    || mapping.schema() == null
                    || mapping.table() == null
                    || mapping.cache() != null
                    || pipeline.target() == null) {
                continue;
            }
            Part part = new Part(mapping.schema() + "." + mapping.table(), key(mapping));
            Destination there = new Destination(pipeline.target(), fold(mapping.toSchema()), fold(mapping.toTable()));
            List<Part> others = known.computeIfAbsent(there, destination -> new ArrayList<>());
            others.stream()
                    .map(other -> conflict(other, part))
                    .filter(fix -> !fix.isEmpty())
                    .findFirst()
                    .ifPresent(fix -> problems.add(new ConfigurationProblem(in + ".set", fix)));
            others.add(part);
        }
    }

    private static String conflict(Part one, Part other) {
        if (!one.key.keySet().equals(other.key.keySet())) {
            return "the mapping of " + one.mapping + " goes to the same table and sets "
                    + (one.key.isEmpty() ? "no key columns" : "the key columns " + one.key.keySet())
                    + ", this one " + (other.key.isEmpty() ? "none" : other.key.keySet())
                    + "; let both set the same ones, or send them to different tables";
        }
        if (!one.key.isEmpty() && one.key.equals(other.key)) {
            return "the mapping of " + one.mapping + " goes to the same table with the same values " + one.key
                    + ", so their rows could not be told apart; give each its own";
        }
        return "";
    }

    private static Map<String, String> key(Mapping mapping) {
        Map<String, String> key = new TreeMap<>();
        for (SetColumn column : mapping.set()) {
            if (column != null && column.key() && column.column() != null && column.value() != null) {
                key.put(fold(column.column()), column.valueOf(mapping.schema(), mapping.table()));
            }
        }
        return key;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
