package dev.sluice.ddl;

/** Text as SQL's standard writes it, which PostgreSQL and Oracle read: nothing but the quote is escaped. */
public final class StandardLiteral {
    private StandardLiteral() {}

    /** The text in quotes. */
    public static String of(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The text of what {@link #of} made. */
    public static String text(String literal) {
        return literal.substring(1, literal.length() - 1).replace("''", "'");
    }
}
