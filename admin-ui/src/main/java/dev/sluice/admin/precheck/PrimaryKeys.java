package dev.sluice.admin.precheck;

import java.util.List;
import java.util.stream.Collectors;

/** Lists mapped tables without a primary key. */
final class PrimaryKeys {
    private static final int SHOWN = 20;

    private PrimaryKeys() {}

    static List<Finding> check(MappedTables mapped, List<MappedTables.Table> tables, String consequence) {
        if (mapped.isEmpty()) {
            return List.of();
        }
        List<MappedTables.Table> without =
                tables.stream().filter(table -> !table.hasPrimaryKey()).toList();
        String needed = "every mapped table has one";
        if (without.isEmpty()) {
            return List.of(Finding.ok("primary keys", tables.size() + " tables, all with a primary key", needed));
        }
        String names =
                without.stream().limit(SHOWN).map(MappedTables.Table::toString).collect(Collectors.joining(", "));
        String more = without.size() > SHOWN ? " and " + (without.size() - SHOWN) + " more" : "";
        return List.of(Finding.warning(
                "primary keys", "none on " + names + more, needed, "add a primary key; " + consequence));
    }
}
