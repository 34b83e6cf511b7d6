package dev.sluice.admin.configuration;

import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationProblem;
import dev.sluice.change.config.Pipeline;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The part of the configuration that a request is about, so that field paths can be those of its body. */
public sealed interface Scope {
    /** Where the part stands in a document, with a dot at the end; empty for the whole. */
    String prefix(Configuration document);

    /** The field as the caller knows it. */
    default String field(Configuration document, ConfigurationProblem problem) {
        String prefix = prefix(document);
        return problem.field().startsWith(prefix) ? problem.field().substring(prefix.length()) : problem.field();
    }

    /** The whole document. */
    record Whole() implements Scope {
        @Override
        public String prefix(Configuration document) {
            return "";
        }
    }

    /** A channel. */
    record OfChannel(String name) implements Scope {
        @Override
        public String prefix(Configuration document) {
            return "channels["
                    + IntStream.range(0, document.channels().size())
                            .filter(i ->
                                    Objects.equals(document.channels().get(i).name(), name))
                            .findFirst()
                            .orElse(-1)
                    + "].";
        }
    }

    /** The wish to replay a pipeline. */
    record OfReplay(String pipeline) implements Scope {
        @Override
        public String prefix(Configuration document) {
            for (int c = 0; c < document.channels().size(); c++) {
                List<Pipeline> pipelines = document.channels().get(c).pipelines();
                for (int p = 0; p < pipelines.size(); p++) {
                    if (pipelines.get(p).name().equals(pipeline)) {
                        return "channels[" + c + "].pipelines[" + p + "].replay.";
                    }
                }
            }
            return "";
        }
    }

    /** A snapshot. */
    record OfSnapshot(String name) implements Scope {
        @Override
        public String prefix(Configuration document) {
            return "snapshots["
                    + IntStream.range(0, document.snapshots().size())
                            .filter(i ->
                                    Objects.equals(document.snapshots().get(i).name(), name))
                            .findFirst()
                            .orElse(-1)
                    + "].";
        }
    }

    /** A data source. */
    record OfDataSource(String name) implements Scope {
        @Override
        public String prefix(Configuration document) {
            return "dataSources["
                    + IntStream.range(0, document.dataSources().size())
                            .filter(i ->
                                    Objects.equals(document.dataSources().get(i).name(), name))
                            .findFirst()
                            .orElse(-1)
                    + "].";
        }
    }
}
