package dev.sluice.apply.failure;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what helps against an error of PostgreSQL
 * (<a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">error codes</a>).
 */
public final class PostgresErrors {
    private static final Pattern CONSTRAINT = Pattern.compile("constraint \"([^\"]*)\"");
    private static final Pattern COLUMN = Pattern.compile("column \"?([^\" ]+)\"?");
    private static final Pattern TYPE = Pattern.compile("type ([a-z][a-z0-9 ]*(\\([0-9,]+\\))?)");

    private PostgresErrors() {}

    /**
     * Understands an error.
     *
     * @param target name of the data source
     */
    public static Diagnosis classify(String target, @Nullable String sqlState, String message) {
        String state = sqlState == null ? "" : sqlState;
        return switch (state) {
            case "40001", "40P01", "55P03", "57014" ->
                retry(target, "rolled back because of other transactions", state);
            case "53300" -> retry(target, "has too many connections", state);
            case "25006" -> retry(target, "is read-only", state);
            case "53000", "53100", "53200", "53400" -> retry(target, "has no space or memory left", state);
            case "57P01", "57P02", "57P03", "57P05" -> retry(target, "closed the connection", state);
            case "28P01", "28000" -> setting(target, "refuses the login: " + hidden(message), state);
            case "3D000" -> setting(target, "has no such database: correct it in the data source", state);
            case "42501" ->
                setting(
                        target,
                        "misses a privilege: " + hidden(message) + "; grant it to the data source's user",
                        state);
            case "SLFKC" -> new Diagnosis(Diagnosis.Remedy.CHANGE_SETTING, "target " + target + ": " + message);
            case "42P01", "3F000" -> row("the target has no such table; create it or correct the mapping", state);
            case "42703" ->
                row(
                        "the target has no column " + name(COLUMN, message) + "; add it or exclude it in the mapping",
                        state);
            case "23505", "23P01" ->
                row(
                        "another row has the same value of unique key " + name(CONSTRAINT, message)
                                + "; remove one of the two at the target",
                        state);
            case "21000" ->
                row("two rows have one key in the eyes of the target; give the key a finer collation", state);
            case "22001" ->
                row("a value is too long for its column of type " + name(TYPE, message) + "; widen it", state);
            case "22003" -> row("a value is out of range for its column; widen the column", state);
            case "22P02", "22P03", "22007", "22008", "22026", "42804", "22021", "22P05" ->
                row("a value does not fit the type of its column: " + hidden(message) + "; change the type", state);
            case "23502" ->
                row(
                        "column " + name(COLUMN, message)
                                + " needs a value and gets none; give it a default or let it be NULL",
                        state);
            case "428C9" -> row("column " + name(COLUMN, message) + " is generated; exclude it in the mapping", state);
            case "23514" -> row("a CHECK constraint of the target refuses the row; change the constraint", state);
            default -> other(target, state, message);
        };
    }

    private static Diagnosis other(String target, String state, String message) {
        if (state.startsWith("08") || state.startsWith("40")) {
            return new Diagnosis(
                    Diagnosis.Remedy.RETRY, "target " + target + " cannot be reached: " + Messages.firstLine(message));
        }
        return row(hidden(message), state);
    }

    private static Diagnosis retry(String target, String what, String state) {
        return new Diagnosis(Diagnosis.Remedy.RETRY, "target " + target + " " + what + error(state));
    }

    private static Diagnosis setting(String target, String what, String state) {
        return new Diagnosis(Diagnosis.Remedy.CHANGE_SETTING, "target " + target + " " + what + error(state));
    }

    private static Diagnosis row(String what, String state) {
        return new Diagnosis(Diagnosis.Remedy.REPAIR_ROW, what + error(state));
    }

    private static String error(String state) {
        return " (error " + state + ")";
    }

    private static String name(Pattern pattern, String message) {
        return Messages.name(pattern, message);
    }

    /** A message quotes values as it quotes names, behind a colon. */
    private static String hidden(String message) {
        return Messages.withoutValues(message).replaceAll(": \"[^\"]*\"?", "");
    }
}
