package dev.sluice.change.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether a configuration may be activated, from the document alone, without asking any server. Stateless.
 */
public final class ConfigurationValidator {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private ConfigurationValidator() {}

    /**
     * Refuses a configuration that has a problem.
     *
     * @throws InvalidConfiguration with the first problem
     */
    public static void validate(Configuration configuration) {
        List<ConfigurationProblem> problems = problems(configuration);
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(
                    problems.get(0).field(), problems.get(0).fix());
        }
    }

    /** Everything that is wrong, in the order of the document; empty if it may be activated. */
    public static List<ConfigurationProblem> problems(Configuration configuration) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        if (configuration.version() < 0) {
            problems.add(new ConfigurationProblem("version", "must not be negative"));
        }
        if (configuration.dataSources() == null) {
            problems.add(new ConfigurationProblem("dataSources", "is missing; give a list, which may be empty"));
        }
        if (configuration.channels() == null) {
            problems.add(new ConfigurationProblem("channels", "is missing; give a list, which may be empty"));
        }
        if (problems.isEmpty()) {
            new DataSourceRules(problems).check(configuration.dataSources());
            checkChannels(configuration, problems);
            new SnapshotRules(configuration, problems).check();
        }
        return problems;
    }

    /** Whether a name may be part of a queue name: {@code [a-z0-9-]}, 1 to 40 characters. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** What is wrong with a name, with the fix. */
    static String nameFix(String name) {
        return "'" + name + "' is not a name; use 1 to 40 of a-z, 0-9 and -";
    }

    private static void checkChannels(Configuration configuration, List<ConfigurationProblem> problems) {
        Set<String> channels = new HashSet<>();
        Map<String, String> pipelines = new HashMap<>();
        PipelineRules rules = new PipelineRules(configuration, problems);
        for (int c = 0; c < configuration.channels().size(); c++) {
            Channel channel = configuration.channels().get(c);
            String at = "channels[" + c + "]";
            if (channel == null || channel.name() == null) {
                problems.add(new ConfigurationProblem(at + ".name", "is missing; give the channel a name"));
                continue;
            }
            if (!isName(channel.name())) {
                problems.add(new ConfigurationProblem(at + ".name", nameFix(channel.name())));
            } else if (!channels.add(channel.name())) {
                problems.add(new ConfigurationProblem(
                        at + ".name", "another channel is called '" + channel.name() + "'; choose another name"));
            }
            if (channel.pipelines() == null || channel.pipelines().isEmpty()) {
                problems.add(new ConfigurationProblem(
                        at + ".pipelines", "is empty; give at least one pipeline or delete the channel"));
                continue;
            }
            for (int p = 0; p < channel.pipelines().size(); p++) {
                rules.check(channel.pipelines().get(p), channel, at + ".pipelines[" + p + "]", pipelines);
            }
        }
        SharedTargets.check(configuration, problems);
        MergedTables.check(configuration, problems);
    }
}
