package dev.sluice.ddl;

/** Names as statements write them. */
final class Names {
    private Names() {}

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

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
