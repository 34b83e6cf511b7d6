package dev.sluice.dispatch.routing;

import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.NamePattern;
import dev.sluice.change.message.TableLine;
import java.util.List;
import java.util.Optional;

/** A pipeline's mappings: the first that matches a table decides; a table that none matches is left out. */
public record RouteTable(List<Mapping> mappings) {
    public Optional<Mapping> of(TableLine table) {
        return of(table.schema(), table.name());
    }

    public Optional<Mapping> of(String schema, String table) {
        return mappings.stream()
                .filter(mapping -> mapping.matches(schema, table))
                .findFirst();
    }

    /** Whether a mapping could take a table of a schema. */
    public boolean mayTake(String schema) {
        return mappings.stream().anyMatch(mapping -> NamePattern.matches(mapping.schema(), schema));
    }
}
