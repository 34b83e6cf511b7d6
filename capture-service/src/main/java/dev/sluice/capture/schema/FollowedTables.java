package dev.sluice.capture.schema;

import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.change.config.GhostTables;
import dev.sluice.change.schema.TableVersion;
import dev.sluice.change.schema.TableVersion.Name;
import dev.sluice.change.schema.TableVersion.State;
import dev.sluice.change.schema.VersionPlace;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import dev.sluice.ddl.schema.Catalog;
import dev.sluice.ddl.schema.ServerRules;
import dev.sluice.ddl.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Follows tables through the statements of the binlog by their syntax trees. Not thread-safe. */
final class FollowedTables {
    private static final int CAUSE = 300;

    private final Catalog catalog;
    private final Definitions definitions;
    private final ServerVersion server;
    private final boolean foldsNames;

    FollowedTables(ServerRules rules, Definitions definitions, ServerVersion server) {
        catalog = new Catalog(rules);
        foldsNames = rules.foldsNames();
        this.definitions = definitions;
        this.server = server;
    }

    /** The name of a table as versions have it. */
    Name name(String schema, String table) {
        return foldsNames
                ? new Name(schema.toLowerCase(Locale.ROOT), table.toLowerCase(Locale.ROOT))
                : new Name(schema, table);
    }

    Name name(TableName name) {
        return name(name.schema(), name.table());
    }

    /** Takes a version for what the table is now. */
    void take(TableVersion version) {
        Name name = version.name();
        boolean known = version.state() == State.KNOWN;
        if (name.table().isEmpty()) {
            if (known) {
                catalog.putSchema(
                        name.schema(),
                        Objects.requireNonNull(version.definition()).collation());
            }
        } else if (known) {
            catalog.put(Definitions.schema(name, Objects.requireNonNull(version.definition())));
        } else {
            catalog.forget(new TableName(name.schema(), name.table()));
        }
    }

    Ddl parse(DdlStatement statement) {
        return DdlParser.parse(statement.sql(), statement.schema(), dialect(statement));
    }

    /** The same statement with another name for a table, and with the schema of every table. */
    String rewrite(String sql, DdlStatement statement, UnaryOperator<TableName> tables) {
        return DdlParser.rewrite(sql, statement.schema(), dialect(statement), tables, UnaryOperator.identity());
    }

    private Dialect dialect(DdlStatement statement) {
        return Dialect.of(server.mariaDb(), server.major(), server.minor(), server.patch(), statement.sqlMode());
    }

    /**
     * Whether statements have to be followed. If not, tables are looked up when rows come that do not say what they are;
     * those of online schema changes are remembered for another reason.
     */
    static boolean follows(Map<Name, TableVersion> known) {
        return known.keySet().stream().anyMatch(name -> !GhostTables.is(name.table()));
    }

    /** A statement as versions name it. */
    static String cause(DdlStatement statement) {
        return statement.sql().substring(0, Math.min(CAUSE, statement.sql().length()));
    }

    /**
     * The versions that a statement makes.
     *
     * @param before what holds so far
     */
    List<TableVersion> apply(Ddl ddl, DdlStatement statement, VersionPlace behind, Map<Name, TableVersion> before) {
        if (ddl instanceof Ddl.Irrelevant) {
            return List.of();
        }
        String cause = cause(statement);
        Map<TableName, TableSchema> old = catalog.tables();
        String collation = definitions.collation(statement.serverCollation());
        Set<TableName> unknown = catalog.apply(ddl, collation == null ? "" : collation);
        Map<TableName, TableSchema> present = catalog.tables();
        List<TableVersion> versions = new ArrayList<>();
        present.forEach((name, schema) -> {
            if (!schema.equals(old.get(name))) {
                versions.add(TableVersion.known(behind, cause, Definitions.of(schema), name(name)));
            }
        });
        for (TableName name : old.keySet()) {
            if (!present.containsKey(name) && !unknown.contains(name)) {
                versions.add(TableVersion.without(State.DROPPED, behind, cause, name(name)));
            }
        }
        for (TableName name : unknown) {
            TableVersion last = before.get(name(name));
            State state = last == null ? State.UNKNOWN : last.state();
            if (state != State.UNKNOWN && (state != State.STOPPED || makesAnew(ddl, name(name)))) {
                versions.add(TableVersion.without(State.UNKNOWN, behind, cause, name(name)));
            }
        }
        String schema = schemaIn(ddl);
        if (schema != null) {
            Name name = name(schema, "");
            versions.add(TableVersion.without(
                    ddl instanceof Ddl.DropSchema ? State.DROPPED : State.UNKNOWN, behind, cause, name));
        }
        return versions;
    }

    private static @Nullable String schemaIn(Ddl ddl) {
        if (ddl instanceof Ddl.CreateSchema create) {
            return create.schema();
        } else if (ddl instanceof Ddl.AlterSchema alter) {
            return alter.schema();
        }
        return ddl instanceof Ddl.DropSchema drop ? drop.schema() : null;
    }

    /** A table that is given up stays so until another one takes its place. */
    private boolean makesAnew(Ddl ddl, Name table) {
        return ddl instanceof Ddl.Tables tables
                && tables.changes().stream()
                        .anyMatch(change -> change instanceof TableChange.Create create
                                        && name(create.table()).equals(table)
                                || change instanceof TableChange.CreateLike like
                                        && name(like.table()).equals(table)
                                || change instanceof TableChange.Rename rename
                                        && name(rename.to()).equals(table));
    }
}
