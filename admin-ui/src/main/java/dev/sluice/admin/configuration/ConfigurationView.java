package dev.sluice.admin.configuration;

import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Configuration;
import java.time.Instant;
import java.util.List;

/** The current configuration as the REST interface shows it: without passwords. */
record ConfigurationView(long version, Instant activatedAt, String author, Document document) {
    static ConfigurationView of(ConfigurationVersion version) {
        Configuration document = version.document();
        return new ConfigurationView(
                version.version(),
                version.activatedAt(),
                version.author(),
                new Document(
                        document.version(),
                        document.dataSources().stream().map(DataSourceView::of).toList(),
                        document.channels()));
    }

    /** The document, in which a password is only said to be there or not. */
    record Document(long version, List<DataSourceView> dataSources, List<Channel> channels) {}
}
