package dev.sluice.dispatch.routing;

import dev.sluice.change.config.Mapping;
import dev.sluice.change.message.TableLine;
import java.util.List;
import java.util.Optional;

/** A pipeline's mappings: the first that matches a table decides; a table that none matches is left out. */
public record RouteTable(List<Mapping> mappings) {
    public Optional<Mapping> of(TableLine table) {
        return mappings.stream()
                .filter(mapping -> mapping.matches(table.schema(), table.name()))
                .findFirst();
    }
}
