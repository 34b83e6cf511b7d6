package dev.sluice.ddl.translation;

/** Text as SQL's standard writes it, which PostgreSQL and Oracle read: nothing but the quote is escaped. */
final class StandardLiteral {
    private StandardLiteral() {}

    static String of(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
