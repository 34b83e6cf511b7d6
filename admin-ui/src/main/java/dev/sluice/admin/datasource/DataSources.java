package dev.sluice.admin.datasource;

import dev.sluice.admin.configuration.Configurations;
import dev.sluice.admin.configuration.Edit;
import dev.sluice.admin.configuration.Scope;
import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The data sources of the configuration; passwords go in as clear text and are encrypted before anything else. */
@Service
public class DataSources {
    private static final Edit ANYBODY = new Edit("", null);

    private final Configurations configurations;
    private final SecretCipher cipher;
    private final KeyColumnCheck keyColumns;

    DataSources(Configurations configurations, SecretCipher cipher, KeyColumnCheck keyColumns) {
        this.configurations = configurations;
        this.cipher = cipher;
        this.keyColumns = keyColumns;
    }

    List<DataSource> all() {
        return configurations.current().document().dataSources();
    }

    /** One by its name; refused with 404 if there is none. */
    public DataSource get(String name) {
        return find(configurations.current().document(), name);
    }

    DataSource create(DataSourceInput input, Edit edit) {
        return change(edit, "create data source " + input.name(), input.name(), current -> {
            if (input.name() != null && current.dataSource(input.name()).isPresent()) {
                throw nameTaken(input.name());
            }
            List<DataSource> all = new ArrayList<>(current.dataSources());
            all.add(input.toDataSource(cipher, null));
            return all;
        });
    }

    DataSource replace(String name, DataSourceInput input, Edit edit) {
        return change(edit, "change data source " + name, input.name(), current -> {
            DataSource before = find(current, name);
            if (!name.equals(input.name())) {
                throw Refusal.invalid(List.of(new FieldError(
                        "name", "must stay '" + name + "'; to rename, create another and delete this one")));
            }
            DataSource after = input.toDataSource(cipher, before);
            return current.dataSources().stream()
                    .map(source -> source.name().equals(name) ? after : source)
                    .toList();
        });
    }

    void delete(String name, Edit edit) {
        configurations.change(edit, "delete data source " + name, new Scope.Whole(), current -> {
            find(current, name);
            String users = current.pipelines()
                    .filter(pipeline ->
                            pipeline.source().equals(name) || pipeline.target().equals(name))
                    .map(pipeline -> "'" + pipeline.name() + "'")
                    .collect(Collectors.joining(", "));
            if (!users.isEmpty()) {
                throw Refusal.conflict(
                        "Data source '" + name + "' is used by pipeline " + users + "; change or delete that first");
            }
            List<DataSource> left = current.dataSources().stream()
                    .filter(source -> !source.name().equals(name))
                    .toList();
            return current.withDataSources(left);
        });
    }

    /** What an unsaved input describes; without a password it takes that of the saved one, as saving would. */
    DataSource unsaved(DataSourceInput input) {
        DataSource kept = input.name() == null
                ? null
                : configurations
                        .current()
                        .document()
                        .dataSource(input.name())
                        .filter(saved -> saved.host().equals(input.host()))
                        .orElse(null);
        DataSource source = input.toDataSource(cipher, kept);
        configurations.preview(
                ANYBODY,
                new Scope.OfDataSource(source.name()),
                current -> new Configuration(current.version(), List.of(source), List.of()));
        return source;
    }

    private DataSource change(Edit edit, String comment, String name, NextDataSources next) {
        Scope scope = new Scope.OfDataSource(name);
        UnaryOperator<Configuration> changing = current -> current.withDataSources(next.from(current));
        keyColumns.check(find(configurations.preview(edit, scope, changing), name));
        Configuration changed =
                configurations.change(edit, comment, scope, changing).document();
        return find(changed, name);
    }

    private static DataSource find(Configuration configuration, String name) {
        return configuration.dataSource(name).orElseThrow(() -> Refusal.notFound("data source", name));
    }

    private static Refusal nameTaken(String name) {
        String fix = "a data source is called '" + name + "' already; choose another name";
        return Refusal.conflict("There is a data source '" + name + "'", new FieldError("name", fix));
    }

    private interface NextDataSources {
        List<DataSource> from(Configuration current);
    }
}
