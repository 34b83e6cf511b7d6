package dev.sluice.ddl;

/** String literals as statements write them. */
final class Strings {
    private Strings() {}

    static boolean isLiteral(String token) {
        return token.startsWith("'") || token.startsWith("\"");
    }

    /** The text of a literal, its quotes and escapes undone. */
    static String text(String literal, Dialect dialect) {
        char quote = literal.charAt(0);
        StringBuilder text = new StringBuilder(literal.length());
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == quote) {
                i++; // doubled
                text.append(quote);
            } else if (c == '\\' && dialect.backslashEscapes()) {
                char next = literal.charAt(++i);
                text.append(next == '%' || next == '_' ? "\\" : "").append(escaped(next));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case '0' -> '\0';
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> '\u001a';
            default -> c;
        };
    }
}
