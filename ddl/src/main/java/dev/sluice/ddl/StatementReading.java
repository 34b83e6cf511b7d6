package dev.sluice.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Reads what a statement does from its syntax tree; throws if the tree is not as expected. */
final class StatementReading {
    private static final Set<String> STATEMENTS = Set.of(
            "createTable",
            "createIndex",
            "createDatabase",
            "alterTable",
            "alterDatabase",
            "dropTable",
            "dropIndex",
            "dropDatabase",
            "renameTable",
            "renameTableStatement",
            "truncateTable",
            "truncateTableStatement");
    private static final Set<String> SELECTS =
            Set.of("duplicateAsQe", "asCreateQueryExpression", "duplicateAsQueryExpression", "selectStatement");

    private final Nodes nodes;
    private final Dialect dialect;

    StatementReading(Nodes nodes, Dialect dialect) {
        this.nodes = nodes;
        this.dialect = dialect;
    }

    Ddl read() {
        if (dialect.foreignTypes()) {
            throw new IllegalArgumentException("the session's sql_mode gives types another meaning");
        }
        ParserRuleContext statement = nodes.first(nodes.tree().root(), STATEMENTS)
                .orElseThrow(() -> new IllegalArgumentException("no statement about tables"));
        List<String> keywords = Nodes.keywords(statement);
        if (keywords.contains("TEMPORARY")) {
            return new Ddl.Irrelevant();
        }
        List<TableName> tables = nodes.tables(statement);
        return switch (nodes.rule(statement)) {
            case "createTable" -> changes(DdlKind.CREATE, createTable(statement, tables));
            case "alterTable" -> new Ddl.Tables(DdlKind.ALTER, new AlterReading(nodes, dialect).read(statement));
            case "createIndex" -> changes(DdlKind.INDEX, createIndex(statement, tables.get(0)));
            case "dropIndex" -> changes(DdlKind.INDEX, dropIndex(statement, tables.get(0)));
            case "renameTable", "renameTableStatement" -> new Ddl.Tables(DdlKind.RENAME, renamings(tables));
            case "dropTable" ->
                new Ddl.Tables(
                        DdlKind.DROP,
                        tables.stream().<TableChange>map(TableChange.Drop::new).toList());
            case "truncateTable", "truncateTableStatement" ->
                changes(DdlKind.TRUNCATE, new TableChange.Truncate(tables.get(0)));
            case "createDatabase" ->
                new Ddl.CreateSchema(
                        schema(statement),
                        TableCharsets.of(nodes, statement),
                        nodes.has(statement, "ifNotExists"),
                        orReplace());
            case "alterDatabase" -> new Ddl.AlterSchema(schema(statement), TableCharsets.of(nodes, statement));
            default -> new Ddl.DropSchema(schema(statement));
        };
    }

    private static Ddl changes(DdlKind kind, TableChange change) {
        return new Ddl.Tables(kind, List.of(change));
    }

    private boolean orReplace() {
        List<String> words = nodes.words(nodes.tree().root());
        int create = words.indexOf("CREATE");
        return words.size() > create + 2 && words.get(create + 1).equals("OR");
    }

    private TableChange createTable(ParserRuleContext statement, List<TableName> tables) {
        boolean ifNotExists = nodes.has(statement, "ifNotExists");
        if (Nodes.keywords(statement).contains("LIKE")) {
            return new TableChange.CreateLike(tables.get(0), tables.get(1), ifNotExists, orReplace());
        }
        String words = String.join(" ", nodes.words(statement));
        if (words.contains("SYSTEM VERSIONING") || words.contains("PERIOD FOR")) {
            throw new IllegalArgumentException("a versioned table may have columns that the statement does not name");
        }
        if (SELECTS.stream().anyMatch(select -> nodes.has(statement, select))) {
            throw new IllegalArgumentException("a SELECT adds columns that the statement does not name");
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        List<KeyDefinition> keys = new ArrayList<>();
        for (ParserRuleContext element : nodes.below(statement, Set.of("tableElement", "createDefinition"))) {
            element(nodes, dialect, element, columns, keys);
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table without columns");
        }
        return new TableChange.Create(
                tables.get(0),
                ifNotExists,
                orReplace(),
                List.copyOf(columns),
                List.copyOf(keys),
                TableCharsets.of(nodes, statement),
                comment(statement),
                nodes.below(statement, Nodes.CONSTRAINT).stream()
                        .filter(nodes::special)
                        .map(special -> String.join(" ", nodes.words(special)))
                        .toList());
    }

    private @Nullable String comment(ParserRuleContext statement) {
        for (ParserRuleContext option : nodes.below(statement, TableCharsets.OPTIONS)) {
            List<String> words = nodes.tokens(option);
            if (words.get(0).equalsIgnoreCase("COMMENT")) {
                return Strings.text(words.get(words.size() - 1), dialect);
            }
        }
        return null;
    }

    /** Reads a column or key between the parentheses of a table's definition. */
    static void element(
            Nodes nodes,
            Dialect dialect,
            ParserRuleContext element,
            List<ColumnDefinition> columns,
            List<KeyDefinition> keys) {
        List<ParserRuleContext> definitions = nodes.children(element, Set.of("columnDefinition"));
        if (definitions.isEmpty()) {
            ParserRuleContext constraint =
                    nodes.first(element, Nodes.CONSTRAINT).orElseThrow();
            KeyReading.of(nodes, constraint).ifPresent(keys::add);
            return;
        }
        // in one grammar the name is inside the definition, in the other beside it
        ParserRuleContext definition = definitions.get(0);
        List<ParserRuleContext> fields = nodes.children(definition, Set.of("fieldDefinition"));
        boolean inside = !fields.isEmpty();
        String name = nodes.identifiers(inside ? definition : element).get(0);
        columns.add(ColumnReading.read(nodes, dialect, name, inside ? fields.get(0) : definition, keys));
    }

    private TableChange createIndex(ParserRuleContext statement, TableName table) {
        boolean unique = Nodes.keywords(statement).contains("UNIQUE");
        KeyDefinition key =
                KeyReading.key(nodes, statement, unique ? KeyDefinition.Kind.UNIQUE : KeyDefinition.Kind.PLAIN);
        List<AlterAction> actions = new ArrayList<>();
        if (orReplace()) {
            actions.add(new AlterAction.DropKey(String.valueOf(key.name()), true));
        }
        actions.add(new AlterAction.AddKey(key, nodes.has(statement, "ifNotExists")));
        List<String> others = nodes.special(statement) ? List.of("a FULLTEXT or SPATIAL index") : List.of();
        return new TableChange.Alter(table, actions, others);
    }

    private TableChange dropIndex(ParserRuleContext statement, TableName table) {
        String name = nodes.identifiers(statement).get(0);
        AlterAction drop = name.equalsIgnoreCase(KeyDefinition.PRIMARY)
                ? new AlterAction.DropPrimaryKey()
                : new AlterAction.DropKey(name, nodes.has(statement, "ifExists"));
        return new TableChange.Alter(table, List.of(drop));
    }

    private static List<TableChange> renamings(List<TableName> names) {
        List<TableChange> renamings = new ArrayList<>();
        for (int i = 0; i < names.size(); i += 2) {
            renamings.add(new TableChange.Rename(names.get(i), names.get(i + 1)));
        }
        return List.copyOf(renamings);
    }

    private String schema(ParserRuleContext statement) {
        return nodes.children(statement, Set.of("schemaName", "schemaRef", "uid")).stream()
                .findFirst()
                .map(nodes::identifier)
                .orElse(nodes.defaultSchema());
    }
}
