package dev.sluice.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind a column's type, word by word, for the grammars cut it differently. */
final class DetailReading {
    private static final Set<String> SIGNS = Set.of("+", "-");

    private final Nodes nodes;
    private final Dialect dialect;
    private final List<Token> tokens;
    private int at;
    private @Nullable String defaultValue;
    private @Nullable String comment;
    private boolean autoIncrement;
    private @Nullable String generated;

    private DetailReading(Nodes nodes, Dialect dialect, List<Token> tokens) {
        this.nodes = nodes;
        this.dialect = dialect;
        this.tokens = tokens;
    }

    static ColumnDetails read(Nodes nodes, Dialect dialect, ParserRuleContext field, ParserRuleContext dataType) {
        List<String> type = nodes.words(dataType);
        List<Token> behind = nodes.visible(field).stream()
                .filter(token -> token.getTokenIndex() > dataType.getStop().getTokenIndex())
                .toList();
        DetailReading reading = new DetailReading(nodes, dialect, behind);
        reading.read();
        return new ColumnDetails(
                type.get(0).toLowerCase(Locale.ROOT),
                numbers(type),
                type.contains("ZEROFILL"),
                reading.defaultValue,
                reading.comment,
                reading.autoIncrement || type.get(0).equals("SERIAL"),
                reading.generated);
    }

    private static List<Integer> numbers(List<String> type) {
        List<Integer> numbers = new ArrayList<>();
        int open = type.indexOf("(");
        for (int i = open + 1; open > 0 && i < type.indexOf(")"); i++) {
            if (Character.isDigit(type.get(i).charAt(0))) {
                // a BLOB may be declared with 4294967295
                numbers.add((int) Math.min(Integer.MAX_VALUE, Long.parseLong(type.get(i))));
            }
        }
        return List.copyOf(numbers);
    }

    private void read() {
        while (at < tokens.size()) {
            switch (word(at)) {
                case "DEFAULT" -> defaultValue = value(at + 1);
                case "ON" -> {
                    boolean set = word(at + 2).equals("SET");
                    value(at + 2);
                    at += set ? 1 : 0;
                }
                case "AS" -> generated = value(at + 1);
                case "COMMENT" -> {
                    comment = Strings.text(nodes.text(tokens.get(at + 1), tokens.get(at + 1)), dialect);
                    at += 2;
                }
                case "AUTO_INCREMENT" -> {
                    autoIncrement = true;
                    at++;
                }
                case "VIRTUAL", "STORED", "PERSISTENT" -> {
                    generated = generated + " " + word(at);
                    at++;
                }
                case "COLUMN_FORMAT", "STORAGE" -> at += 2;
                case "(" -> at = behindParentheses(at);
                default -> at++;
            }
        }
    }

    /** A literal, perhaps with a sign or character set, a function, or an expression in parentheses. */
    private String value(int from) {
        int to = from;
        if (SIGNS.contains(word(to)) || word(to).startsWith("_")) {
            to++;
        }
        to = word(to).equals("(") ? behindParentheses(to) : to + 1;
        if (to < tokens.size() && word(to).equals("(")) {
            to = behindParentheses(to);
        }
        at = to;
        String written = nodes.text(tokens.get(from), tokens.get(to - 1));
        return to == from + 1 && Strings.isLiteral(written)
                ? StandardLiteral.of(Strings.text(written, dialect))
                : written;
    }

    private int behindParentheses(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += word(i).equals("(") ? 1 : word(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("a parenthesis does not end");
    }

    private String word(int i) {
        return nodes.text(tokens.get(i), tokens.get(i)).toUpperCase(Locale.ROOT);
    }
}
