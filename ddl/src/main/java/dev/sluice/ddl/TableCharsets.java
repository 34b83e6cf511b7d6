package dev.sluice.ddl;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Reads which character set the options of a table or schema name. */
final class TableCharsets {
    static final Set<String> OPTIONS = Set.of("createTableOption", "tableOption", "createDatabaseOption");

    private TableCharsets() {}

    static TableCharset of(Nodes nodes, ParserRuleContext node) {
        TableCharset found = TableCharset.NONE;
        for (ParserRuleContext option : nodes.below(node, OPTIONS)) {
            TableCharset named = named(nodes.words(option));
            if (named.charset() != null && !found.equals(TableCharset.NONE)) {
                throw new IllegalArgumentException("servers differ in what a second character set does to a collation");
            }
            found = new TableCharset(
                    named.charset() == null ? found.charset() : named.charset(),
                    named.collation() == null ? found.collation() : named.collation());
        }
        return found;
    }

    /** What the words of one option name, which begin with its own. */
    static TableCharset named(List<String> option) {
        List<String> words = option.stream()
                .filter(word -> !word.equals("=") && !word.equals("DEFAULT"))
                .toList();
        String first = words.isEmpty() ? "" : words.get(0);
        return first.equals("COLLATE") || first.equals("CHARSET") || first.startsWith("CHAR")
                ? among(words)
                : TableCharset.NONE;
    }

    /** Character set and collation that stand anywhere among the words of a clause. */
    static TableCharset among(List<String> words) {
        String charset = null;
        String collation = null;
        for (int i = 0; i + 1 < words.size(); i++) {
            String word = words.get(i);
            boolean twoWords = word.equals("SET") && i > 0 && words.get(i - 1).startsWith("CHAR");
            if (word.equals("CHARSET") || twoWords) {
                charset = name(words.get(i + 1));
            } else if (word.equals("COLLATE")) {
                collation = name(words.get(i + 1));
            }
        }
        return new TableCharset(charset, collation);
    }

    /** The name of a character set or collation as it is written; null for DEFAULT. */
    private static @Nullable String name(String token) {
        String name = (Strings.isLiteral(token) ? token.substring(1, token.length() - 1) : Identifiers.unquoted(token))
                .toLowerCase(Locale.ROOT);
        return name.equals("default") ? null : name;
    }
}
