package dev.sluice.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Finds its way in a syntax tree by what both grammars call things. */
record Nodes(SyntaxTree tree, String defaultSchema) {
    static final Set<String> TABLE = Set.of("tableName", "tableRef", "fullId");
    private static final Set<String> EXPRESSION = Set.of("expression", "expr", "defaultValue", "functionCall");
    private static final Set<String> NOT_TABLE = Set.of("COLUMN", "INDEX", "KEY");
    static final Set<String> SCHEMA = Set.of("schemaName", "schemaRef");
    static final Set<String> IDENTIFIER =
            Set.of("identifier", "uid", "columnName", "columnInternalRef", "indexName", "indexRef");
    static final Set<String> FIELD = Set.of("fieldDefinition", "columnDefinition");
    static final Set<String> CONSTRAINT = Set.of("tableConstraintDef", "tableConstraint", "indexColumnDefinition");

    String rule(ParserRuleContext node) {
        return tree.rules().get(node.getRuleIndex());
    }

    /** The children that are rules. */
    static List<ParserRuleContext> children(ParserRuleContext node) {
        List<ParserRuleContext> found = new ArrayList<>();
        for (int i = 0; i < node.getChildCount(); i++) {
            if (node.getChild(i) instanceof ParserRuleContext child) {
                found.add(child);
            }
        }
        return found;
    }

    List<ParserRuleContext> children(ParserRuleContext node, Set<String> rules) {
        return children(node).stream()
                .filter(child -> rules.contains(rule(child)))
                .toList();
    }

    /** The nodes below that have one of the names, not those inside another such node. */
    List<ParserRuleContext> below(ParserRuleContext node, Set<String> rules) {
        List<ParserRuleContext> found = new ArrayList<>();
        collect(node, rules, found);
        return found;
    }

    private void collect(ParserRuleContext node, Set<String> rules, List<ParserRuleContext> found) {
        for (ParserRuleContext child : children(node)) {
            if (rules.contains(rule(child))) {
                found.add(child);
            } else {
                collect(child, rules, found);
            }
        }
    }

    Optional<ParserRuleContext> first(ParserRuleContext node, Set<String> rules) {
        return below(node, rules).stream().findFirst();
    }

    boolean has(ParserRuleContext node, String rule) {
        return first(node, Set.of(rule)).isPresent();
    }

    /** The words of a node as they are written; none of a node that matched nothing. */
    List<String> tokens(ParserRuleContext node) {
        return visible(node).stream().map(token -> text(token, token)).toList();
    }

    /** What is written from one word to another. */
    String text(Token from, Token to) {
        return tree.sql().substring(from.getStartIndex(), to.getStopIndex() + 1);
    }

    /** The words of a node. */
    List<Token> visible(ParserRuleContext node) {
        if (node.getStart() == null || node.getStop() == null) {
            return List.of();
        }
        int from = node.getStart().getTokenIndex();
        int to = node.getStop().getTokenIndex();
        if (to < from) {
            return List.of();
        }
        return tree.tokens().get(from, to).stream()
                .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
                .toList();
    }

    /** The same in upper case. */
    List<String> words(ParserRuleContext node) {
        return tokens(node).stream().map(text -> text.toUpperCase(Locale.ROOT)).toList();
    }

    /** Whether it is an index of a kind that not every database has. */
    boolean special(ParserRuleContext node) {
        List<String> words = words(node);
        return words.contains("FULLTEXT") || words.contains("SPATIAL");
    }

    /** A node's own keywords, without those of the rules in it. */
    static List<String> keywords(ParserRuleContext node) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < node.getChildCount(); i++) {
            if (node.getChild(i) instanceof TerminalNode terminal) {
                found.add(terminal.getText().toUpperCase(Locale.ROOT));
            }
        }
        return found;
    }

    /** The name of a column, key or schema; of a qualified one the last part. */
    String identifier(ParserRuleContext node) {
        List<String> parts = parts(node);
        return parts.get(parts.size() - 1);
    }

    List<String> identifiers(ParserRuleContext node) {
        return children(node, IDENTIFIER).stream().map(this::identifier).toList();
    }

    TableName table(ParserRuleContext node) {
        List<String> parts = parts(node);
        return parts.size() < 2
                ? new TableName(defaultSchema, parts.get(0))
                : new TableName(parts.get(parts.size() - 2), parts.get(parts.size() - 1));
    }

    List<TableName> tables(ParserRuleContext node) {
        return tableNames(node).stream().map(this::table).toList();
    }

    /** The names of tables in a statement, in order; expressions have functions of the same form. */
    List<ParserRuleContext> tableNames(ParserRuleContext node) {
        List<ParserRuleContext> found = new ArrayList<>();
        for (ParserRuleContext child : children(node)) {
            String rule = rule(child);
            if (TABLE.contains(rule) || (rule.equals("uid") && isNewName(node))) {
                found.add(child);
            } else if (!EXPRESSION.contains(rule)) {
                found.addAll(tableNames(child));
            }
        }
        return found;
    }

    /** One grammar has a simple name where a table gets it, as for a column. */
    private boolean isNewName(ParserRuleContext item) {
        List<String> keywords = keywords(item);
        return rule(item).equals("alterSpecification")
                && keywords.get(0).equals("RENAME")
                && NOT_TABLE.stream().noneMatch(keywords::contains);
    }

    private List<String> parts(ParserRuleContext node) {
        List<String> parts = new ArrayList<>();
        for (String text : tokens(node)) {
            String part = text.startsWith(".") ? text.substring(1) : text;
            if (!part.isEmpty()) {
                parts.add(Identifiers.unquoted(part));
            }
        }
        return parts;
    }
}
