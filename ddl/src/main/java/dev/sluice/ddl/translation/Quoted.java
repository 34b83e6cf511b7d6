package dev.sluice.ddl.translation;

import dev.sluice.ddl.TableName;

/** Names in double quotes, as PostgreSQL and Oracle take them. */
final class Quoted {
    private Quoted() {}

    static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
