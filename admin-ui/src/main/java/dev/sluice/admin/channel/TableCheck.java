package dev.sluice.admin.channel;

import dev.sluice.admin.connection.CannotConnect;
import dev.sluice.admin.connection.DatabaseConnections;
import dev.sluice.admin.connection.TableLookup;
import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.message.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks the live servers whether the tables and columns that a channel names are there. */
@Component
class TableCheck {
    private final DatabaseConnections connections;

    TableCheck(DatabaseConnections connections) {
        this.connections = connections;
    }

    /**
     * Refuses with 422 if a table or column is not there.
     *
     * @return warnings for what could not be checked
     */
    List<String> check(Channel channel, Configuration configuration) {
        List<FieldError> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < channel.pipelines().size(); i++) {
            Pipeline pipeline = channel.pipelines().get(i);
            MappedTables tables = new MappedTables(pipeline, "pipelines[" + i + "].mappings", errors, warnings);
            Optional<DataSource> source = configuration.dataSource(pipeline.source());
            CaptureFilter filter =
                    source.map(DataSource::capture).map(CaptureSettings::filter).orElse(CaptureFilter.NONE);
            ask(source, "source", warnings, connection -> tables.checkSource(connection, filter));
            Optional<DataSource> target =
                    configuration.dataSource(pipeline.target()).filter(found -> found.kind() != DataSource.Kind.REDIS);
            ask(target, "target", warnings, tables::checkTarget);
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors);
        }
        return warnings;
    }

    private void ask(Optional<DataSource> server, String role, List<String> warnings, Question question) {
        if (server.isEmpty()) {
            return;
        }
        String name = role + " '" + server.get().name() + "'";
        try (Connection connection = connections.open(server.get())) {
            question.ask(connection);
        } catch (CannotConnect | SQLException | InvalidConfiguration e) {
            warnings.add("The tables of " + name + " were not checked: " + e.getMessage());
        }
    }

    private interface Question {
        void ask(Connection connection) throws SQLException;
    }

    /** The mappings of one pipeline, checked first at the source, then at the target. */
    private static final class MappedTables {
        private final Pipeline pipeline;
        private final String at;
        private final List<FieldError> errors;
        private final List<String> warnings;
        private final List<List<Column>> sourceColumns = new ArrayList<>();

        MappedTables(Pipeline pipeline, String at, List<FieldError> errors, List<String> warnings) {
            this.pipeline = pipeline;
            this.at = at;
            this.errors = errors;
            this.warnings = warnings;
        }

        void checkSource(Connection connection, CaptureFilter filter) throws SQLException {
            for (int m = 0; m < pipeline.mappings().size(); m++) {
                MappedTable table = new MappedTable(pipeline.mappings().get(m), at + "[" + m + "]");
                List<Column> columns = table.hasOneSource()
                        ? TableLookup.columns(connection, table.sourceSchema(), table.sourceTable())
                        : List.of();
                sourceColumns.add(columns);
                if (table.hasOneSource()) {
                    errors.addAll(table.sourceErrors(columns, filter));
                }
            }
        }

        void checkTarget(Connection connection) throws SQLException {
            for (int m = 0; m < pipeline.mappings().size(); m++) {
                MappedTable table = new MappedTable(pipeline.mappings().get(m), at + "[" + m + "]");
                if (table.hasOneTarget()) {
                    List<Column> known = m < sourceColumns.size() ? sourceColumns.get(m) : List.of();
                    List<Column> columns = TableLookup.columns(connection, table.targetSchema(), table.targetTable());
                    errors.addAll(table.targetErrors(columns));
                    if (!table.mapping().set().isEmpty()) {
                        errors.addAll(table.setErrorsAtTarget(
                                columns,
                                TableLookup.primaryKey(connection, table.targetSchema(), table.targetTable())));
                    }
                    warnings.addAll(table.targetWarnings(known, columns));
                }
            }
        }
    }
}
