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
        Symptom symptom = new Symptom(target, state);
        return switch (state) {
            case "40001", "40P01", "55P03", "57014" -> symptom.retry("rolled back because of other transactions");
            case "53300" -> symptom.retry("has too many connections");
            case "25006" -> symptom.retry("is read-only");
            case "53000", "53100", "53200", "53400" -> symptom.retry("has no space or memory left");
            case "57P01", "57P02", "57P03", "57P05" -> symptom.retry("closed the connection");
            case "28P01", "28000" -> symptom.setting("refuses the login: " + hidden(message));
            case "3D000" -> symptom.setting("has no such database: correct it in the data source");
            case "42501" ->
                symptom.setting("misses a privilege: " + hidden(message) + "; grant it to the data source's user");
            case "SLFKC" -> new Diagnosis(Diagnosis.Remedy.CHANGE_SETTING, "target " + target + ": " + message);
            case "42P01", "3F000" -> symptom.row("the target has no such table; create it or correct the mapping");
            case "42703" ->
                symptom.row("the target has no column " + Messages.name(COLUMN, message)
                        + "; add it or exclude it in the mapping");
            case "23505", "23P01" ->
                symptom.row("another row has the same value of unique key " + Messages.name(CONSTRAINT, message)
                        + "; remove one of the two at the target");
            case "21000" ->
                symptom.row("two rows have one key in the eyes of the target; give the key a finer collation");
            case "22001" ->
                symptom.row(
                        "a value is too long for its column of type " + Messages.name(TYPE, message) + "; widen it");
            case "22003" -> symptom.row("a value is out of range for its column; widen the column");
            case "22P02", "22P03", "22007", "22008", "22026", "42804", "22021", "22P05" ->
                symptom.row("a value does not fit the type of its column: " + hidden(message) + "; change the type");
            case "23502" ->
                symptom.row("column " + Messages.name(COLUMN, message)
                        + " needs a value and gets none; give it a default or let it be NULL");
            case "428C9" ->
                symptom.row("column " + Messages.name(COLUMN, message) + " is generated; exclude it in the mapping");
            case "23514" -> symptom.row("a CHECK constraint of the target refuses the row; change the constraint");
            default -> symptom.byState(state, hidden(message));
        };
    }

    /** A message quotes values as it quotes names, behind a colon. */
    private static String hidden(String message) {
        return Messages.withoutValues(message).replaceAll(": \"[^\"]*\"?", "");
    }
}
