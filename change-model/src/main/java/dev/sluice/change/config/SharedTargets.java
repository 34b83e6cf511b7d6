package dev.sluice.change.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses two pipelines that would write the same source table to the same place, each at its own pace. */
final class SharedTargets {
    private SharedTargets() {}

    static void check(Configuration configuration, List<ConfigurationProblem> problems) {
        Map<Way, String> ways = new HashMap<>();
        for (int c = 0; c < configuration.channels().size(); c++) {
            Channel channel = configuration.channels().get(c);
            if (channel == null || channel.pipelines() == null) {
                continue;
            }
            for (int p = 0; p < channel.pipelines().size(); p++) {
                Pipeline pipeline = channel.pipelines().get(p);
                if (pipeline != null && pipeline.mappings() != null) {
                    check(pipeline, "channels[" + c + "].pipelines[" + p + "]", ways, problems);
                }
            }
        }
    }

    private static void check(
            Pipeline pipeline, String at, Map<Way, String> ways, List<ConfigurationProblem> problems) {
        for (int m = 0; m < pipeline.mappings().size(); m++) {
            Mapping mapping = pipeline.mappings().get(m);
            if (mapping == null || mapping.schema() == null || mapping.table() == null || pipeline.name() == null) {
                continue;
            }
            String other = ways.putIfAbsent(Way.of(pipeline, mapping), pipeline.name());
            if (other != null && !other.equals(pipeline.name())) {
                problems.add(new ConfigurationProblem(
                        at + ".mappings[" + m + "].table",
                        "pipeline '" + other + "' already brings " + mapping.schema() + "." + mapping.table()
                                + " from the same source to the same target; remove it from one of the two"));
            }
        }
    }

    private record Way(String source, String target, String schema, String table, String destination) {
        static Way of(Pipeline pipeline, Mapping mapping) {
            CacheRule cache = mapping.cache();
            String destination = cache != null ? cache.key() : mapping.toSchema() + "\n" + mapping.toTable();
            return new Way(pipeline.source(), pipeline.target(), mapping.schema(), mapping.table(), destination);
        }
    }
}
