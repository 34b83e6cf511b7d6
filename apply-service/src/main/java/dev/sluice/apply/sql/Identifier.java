package dev.sluice.apply.sql;

/** Quotes names. */
final class Identifier {
    private Identifier() {}

    /** In backticks, doubled inside (<a href="https://dev.mysql.com/doc/refman/8.4/en/identifiers.html">names</a>). */
    static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
