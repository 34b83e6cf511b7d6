package dev.sluice.admin.precheck;

import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.NamePattern;
import dev.sluice.change.config.Pipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a server that pipelines read from, or write to. */
final class MappedTables {
    private static final String TABLES = """
            SELECT t.table_schema, t.table_name, COUNT(k.constraint_name) > 0 AS has_key
            FROM information_schema.tables t
            LEFT JOIN information_schema.table_constraints k
              ON k.table_schema = t.table_schema AND k.table_name = t.table_name AND k.constraint_type = 'PRIMARY KEY'
            WHERE t.table_type = 'BASE TABLE'
              AND t.table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema', 'pg_catalog', 'sluice')
            GROUP BY t.table_schema, t.table_name
            ORDER BY t.table_schema, t.table_name
            """;

    /** A table that the server has. */
    record Table(String schema, String name, boolean hasPrimaryKey) {
        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    private final List<Mapping> mappings;
    private final BiPredicate<Mapping, Table> matches;
    private final Function<Mapping, Optional<String>> schema;

    private MappedTables(
            List<Mapping> mappings, BiPredicate<Mapping, Table> matches, Function<Mapping, Optional<String>> schema) {
        this.mappings = mappings;
        this.matches = matches;
        this.schema = schema;
    }

    static MappedTables ofSource(Configuration configuration, String source) {
        return new MappedTables(
                mappings(configuration.pipelines().filter(pipeline -> pipeline.source()
                        .equals(source))),
                (mapping, table) -> mapping.matches(table.schema(), table.name()),
                mapping -> Optional.of(mapping.schema()).filter(NamePattern::isLiteral));
    }

    static MappedTables ofTarget(Configuration configuration, String target) {
        return new MappedTables(
                mappings(configuration.pipelines().filter(pipeline -> pipeline.target()
                        .equals(target))),
                (mapping, table) -> NamePattern.matches(mapping.toSchema(), table.schema())
                        && NamePattern.matches(mapping.toTable(), table.name()),
                mapping -> Optional.of(mapping.toSchema()).filter(NamePattern::isLiteral));
    }

    /** Whether there is no pipeline yet. */
    boolean isEmpty() {
        return mappings.isEmpty();
    }

    /** The schemas that mappings name without a pattern. */
    Set<String> schemas() {
        return mappings.stream()
                .map(schema)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether tables are made in a schema. */
    boolean makesTablesIn(String name) {
        return mappings.stream()
                .anyMatch(mapping -> mapping.makesTables() && NamePattern.matches(mapping.toSchema(), name));
    }

    /** The tables that are there, as far as the user may see them. */
    List<Table> existing(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                Table table = new Table(rows.getString(1), rows.getString(2), rows.getBoolean(3));
                if (mappings.stream().anyMatch(mapping -> matches.test(mapping, table))) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }

    private static List<Mapping> mappings(Stream<Pipeline> pipelines) {
        return pipelines.flatMap(pipeline -> pipeline.mappings().stream()).toList();
    }
}
