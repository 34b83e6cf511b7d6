package dev.sluice.ddl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Reads the keys that a statement defines. */
final class KeyReading {
    private static final Set<String> PARTS = Set.of("keyPart", "keyPartOrExpression", "indexColumnName");
    private static final Set<String> LISTS =
            Set.of("keyListWithExpression", "keyList", "keyListVariants", "indexColumnNames");
    private static final Set<String> PLAIN = Set.of("KEY", "INDEX", "FULLTEXT", "SPATIAL");

    private KeyReading() {}

    /** The key of a table constraint; empty if it is a check. */
    static Optional<KeyDefinition> of(Nodes nodes, ParserRuleContext constraint) {
        List<String> words = Nodes.keywords(constraint);
        if (words.contains("FOREIGN")) {
            return Optional.of(key(nodes, constraint, KeyDefinition.Kind.FOREIGN));
        }
        if (words.contains("PRIMARY")) {
            return Optional.of(key(nodes, constraint, KeyDefinition.Kind.PRIMARY));
        }
        if (words.contains("UNIQUE")) {
            return Optional.of(key(nodes, constraint, KeyDefinition.Kind.UNIQUE));
        }
        boolean plain = words.stream().anyMatch(PLAIN::contains)
                || !nodes.children(constraint, Set.of("keyOrIndex")).isEmpty();
        if (plain) {
            return Optional.of(key(nodes, constraint, KeyDefinition.Kind.PLAIN));
        }
        if (nodes.words(constraint).contains("CHECK")) {
            return Optional.empty();
        }
        throw new IllegalArgumentException("unknown constraint");
    }

    /** The key of a node that holds a name and a list of parts. */
    static KeyDefinition key(Nodes nodes, ParserRuleContext node, KeyDefinition.Kind kind) {
        List<KeyDefinition.Part> parts = nodes.below(node, LISTS).stream()
                .limit(1)
                .flatMap(list -> parts(nodes, list).stream())
                .map(part -> part(nodes, part))
                .toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a key without columns");
        }
        return kind == KeyDefinition.Kind.PRIMARY
                ? new KeyDefinition(KeyDefinition.PRIMARY, kind, parts)
                : new KeyDefinition(name(nodes, node), kind, parts);
    }

    private static List<ParserRuleContext> parts(Nodes nodes, ParserRuleContext list) {
        List<ParserRuleContext> nested = nodes.below(list, LISTS);
        return nodes.below(nested.isEmpty() ? list : nested.get(0), PARTS);
    }

    /** The index's name, or else the constraint's. */
    private static @Nullable String name(Nodes nodes, ParserRuleContext node) {
        String constraint = null;
        for (int i = 0; i < node.getChildCount(); i++) {
            if (!(node.getChild(i) instanceof ParserRuleContext child)) {
                continue;
            }
            String rule = nodes.rule(child);
            if (LISTS.contains(rule) || rule.equals("createIndexTarget")) {
                break;
            }
            boolean afterConstraint = i > 0 && node.getChild(i - 1).getText().equalsIgnoreCase("CONSTRAINT");
            if (rule.equals("constraintName") || afterConstraint) {
                constraint = nodes.first(child, Nodes.IDENTIFIER)
                        .map(nodes::identifier)
                        .orElse(afterConstraint ? nodes.identifier(child) : null);
            } else if (Nodes.IDENTIFIER.contains(rule)) {
                return nodes.identifier(child);
            } else if (rule.equals("indexNameAndType")) {
                return nodes.first(child, Set.of("indexName"))
                        .map(nodes::identifier)
                        .orElse(constraint);
            }
        }
        return constraint;
    }

    private static KeyDefinition.Part part(Nodes nodes, ParserRuleContext part) {
        List<String> tokens = nodes.tokens(part);
        if (tokens.get(0).equals("(")) {
            return new KeyDefinition.Part(null, 0);
        }
        boolean prefix = tokens.size() > 3 && tokens.get(1).equals("(");
        return new KeyDefinition.Part(
                Identifiers.unquoted(tokens.get(0)), prefix ? Integer.parseInt(tokens.get(2)) : 0);
    }
}
