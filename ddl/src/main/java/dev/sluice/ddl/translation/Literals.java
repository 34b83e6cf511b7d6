package dev.sluice.ddl.translation;

import dev.sluice.ddl.StandardLiteral;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a default is. */
sealed interface Literals {
    record Null() implements Literals {}

    /** The moment of the insert. */
    record Now(String digits) implements Literals {}

    record Text(String text) implements Literals {}

    record Number(String digits) implements Literals {}

    record Bits(String bits) implements Literals {}

    Pattern NOW = Pattern.compile("(CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP)(\\s*\\(\\s*(\\d?)\\s*\\))?");
    Pattern NUMBER = Pattern.compile("[+-]?\\s*[0-9.]+(E[+-]?[0-9]+)?");
    Pattern BITS = Pattern.compile("B'([01]*)'");

    /**
     * Understands a default.
     *
     * @param written in the form of {@link dev.sluice.ddl.ColumnDetails#defaultValue()}
     * @throws NoTranslation if it is none of these
     */
    static Literals of(String written) {
        String upper = written.toUpperCase(Locale.ROOT);
        @Nullable Literals found = null;
        var now = NOW.matcher(upper);
        var bits = BITS.matcher(upper);
        if (upper.equals("NULL")) {
            found = new Null();
        } else if (upper.equals("TRUE") || upper.equals("FALSE")) {
            found = new Number(upper.equals("TRUE") ? "1" : "0");
        } else if (now.matches()) {
            found = new Now(now.group(3) == null ? "" : now.group(3));
        } else if (bits.matches()) {
            found = new Bits(bits.group(1));
        } else if (NUMBER.matcher(upper).matches()) {
            found = new Number(written.replace(" ", ""));
        } else if (written.length() > 1 && written.charAt(0) == '\'' && written.endsWith("'")) {
            found = new Text(StandardLiteral.text(written));
        }
        if (found == null) {
            throw new NoTranslation("its default " + written + " is no plain value");
        }
        return found;
    }
}
