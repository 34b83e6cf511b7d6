package dev.sluice.ddl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.antlr.v4.runtime.ParserRuleContext;

/**
 * Reads statements of a binary log, and writes them for other names. The first statement about tables takes some seconds,
 * for the grammars are large; later ones take milliseconds. Thread-safe.
 */
public final class DdlParser {
    private static final Set<String> SCHEMA_STATEMENTS = Set.of("createDatabase", "alterDatabase", "dropDatabase");

    /** How a binary log has CREATE TABLE … SELECT, whose rows follow; as a statement of its own it would take no others. */
    private static final List<String> STARTS_TRANSACTION = List.of("START", "TRANSACTION");

    private DdlParser() {}

    /**
     * Reads a statement; never fails.
     *
     * @param defaultSchema of the session
     */
    public static Ddl parse(String sql, String defaultSchema, Dialect dialect) {
        String plain;
        try {
            plain = PlainText.of(sql, dialect);
        } catch (IllegalArgumentException e) {
            return new Ddl.Unreadable(Set.of(), Set.of(defaultSchema), String.valueOf(e.getMessage()));
        }
        Words words = Words.of(plain, sql);
        if (words.about() < 0) {
            return new Ddl.Irrelevant();
        }
        try {
            SyntaxTree tree = SyntaxTree.of(plain, sql, dialect);
            return new StatementReading(new Nodes(tree, defaultSchema), dialect).read();
        } catch (RuntimeException | StackOverflowError e) {
            // whatever a tree of unexpected form leads to, the statement is one that is not understood
            return words.unreadable(defaultSchema, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /**
     * The same statement for other names; every name of a table is written with its schema, all else stays byte for byte, but
     * for the START TRANSACTION behind a CREATE TABLE.
     *
     * @param tables the other name of each table
     * @param schemas the other name of each schema
     * @throws IllegalArgumentException if the statement cannot be read
     */
    public static String rewrite(
            String sql,
            String defaultSchema,
            Dialect dialect,
            UnaryOperator<TableName> tables,
            UnaryOperator<String> schemas) {
        if (parse(sql, defaultSchema, dialect) instanceof Ddl.Unreadable unreadable) {
            throw new IllegalArgumentException("cannot be read: " + unreadable.reason());
        }
        Nodes nodes = new Nodes(SyntaxTree.of(PlainText.of(sql, dialect), sql, dialect), defaultSchema);
        List<Replacement> replacements = new ArrayList<>();
        for (ParserRuleContext name : nodes.tableNames(nodes.tree().root())) {
            TableName other = tables.apply(nodes.table(name));
            replacements.add(
                    Replacement.of(name, Identifiers.quoted(other.schema()) + "." + Identifiers.quoted(other.table())));
        }
        for (ParserRuleContext name : schemaNames(nodes)) {
            replacements.add(Replacement.of(name, Identifiers.quoted(schemas.apply(nodes.identifier(name)))));
        }
        for (ParserRuleContext option : nodes.below(nodes.tree().root(), TableCharsets.OPTIONS)) {
            if (nodes.words(option).equals(STARTS_TRANSACTION)) {
                replacements.add(Replacement.of(option, ""));
            }
        }
        // from the end to the beginning, so that positions stay true
        replacements.sort(Comparator.comparingInt(Replacement::from).reversed());
        StringBuilder out = new StringBuilder(sql);
        replacements.forEach(each -> out.replace(each.from, each.to, each.text));
        return out.toString();
    }

    private static List<ParserRuleContext> schemaNames(Nodes nodes) {
        ParserRuleContext root = nodes.tree().root();
        List<ParserRuleContext> names = new ArrayList<>(nodes.below(root, Nodes.SCHEMA));
        nodes.below(root, SCHEMA_STATEMENTS).forEach(each -> names.addAll(nodes.children(each, Set.of("uid"))));
        return names;
    }

    private record Replacement(int from, int to, String text) {
        static Replacement of(ParserRuleContext name, String text) {
            return new Replacement(
                    name.getStart().getStartIndex(), name.getStop().getStopIndex() + 1, text);
        }
    }
}
