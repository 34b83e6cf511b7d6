package dev.sluice.ddl;

/** Names as statements of MySQL and MariaDB write them. */
public final class Identifiers {
    private Identifiers() {}

    /** The name without its quotes. */
    static String unquoted(String text) {
        if (text.length() < 2) {
            return text;
        }
        String quote = text.substring(0, 1);
        if ((!quote.equals("`") && !quote.equals("\"")) || !text.endsWith(quote)) {
            return text;
        }
        return text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }

    /** The name in quotes that hold under every SQL mode. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
