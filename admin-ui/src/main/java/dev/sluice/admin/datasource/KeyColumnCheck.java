package dev.sluice.admin.datasource;

import dev.sluice.admin.connection.CannotConnect;
import dev.sluice.admin.connection.DatabaseConnections;
import dev.sluice.admin.connection.TableLookup;
import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.config.ReservedSchemas;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks a source whether its capture filter would leave out a column of a primary key. */
@Component
class KeyColumnCheck {
    private static final Logger LOG = LoggerFactory.getLogger(KeyColumnCheck.class);
    private static final int SHOWN = 10;

    private final DatabaseConnections connections;

    KeyColumnCheck(DatabaseConnections connections) {
        this.connections = connections;
    }

    /** Refuses with 422 if so; a source that cannot be asked is believed, for the capture refuses such a table too. */
    void check(DataSource source) {
        CaptureFilter filter =
                source.capture() == null ? null : source.capture().filter();
        if (filter == null || filter.excludeColumns().isEmpty()) {
            return;
        }
        try (Connection connection = connections.open(source)) {
            List<String> found = TableLookup.keyColumns(connection).stream()
                    .filter(key -> !ReservedSchemas.has(key.schema())
                            && filter.takes(key.schema(), key.table())
                            && !filter.takes(key.schema(), key.table(), key.column()))
                    .map(key -> key.schema() + "." + key.table() + ":" + key.column())
                    .toList();
            if (!found.isEmpty()) {
                String names = found.stream().limit(SHOWN).collect(Collectors.joining(", "));
                String more = found.size() > SHOWN ? " and " + (found.size() - SHOWN) + " more" : "";
                throw Refusal.invalid(List.of(new FieldError(
                        "capture.filter.excludeColumns",
                        "leaves out columns of primary keys (" + names + more + "), so that rows could not be told"
                                + " apart; take them out of the rules, or leave the tables out with exclude")));
            }
        } catch (CannotConnect | SQLException | InvalidConfiguration e) {
            LOG.info("the keys of '{}' were not compared with its filter: {}", source.name(), e.getMessage());
        }
    }
}
