package dev.sluice.apply.failure;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what helps against an error of MySQL or MariaDB
 * (<a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html">server errors</a>).
 */
public final class MySqlErrors {
    private static final Pattern KEY_NAME = Pattern.compile("for key '([^']*)'");
    private static final Pattern COLUMN_NAME = Pattern.compile("column '?([^' ]+)'?");

    private MySqlErrors() {}

    /**
     * Understands an error.
     *
     * @param target name of the data source
     * @param code the server's, 0 if the error is the driver's
     */
    public static Diagnosis classify(String target, int code, @Nullable String sqlState, String message) {
        String state = sqlState == null ? "" : sqlState;
        return switch (code) {
            case 1213, 1205, 1206, 1180, 1412, 1615, 1969, 3024, 3101, 1317 ->
                retryTable(target, "rolled back because of other transactions", code);
            case 1040, 1203, 1226 -> retry(target, "has too many connections", code);
            case 1290, 1836, 1792 -> retry(target, "is read-only", code);
            case 1021, 1114, 1030, 1026, 1037, 1038, 1041 -> retry(target, "has no space or memory left", code);
            case 1053, 1077, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2002, 2003, 2006, 2013 ->
                retry(target, "closed the connection", code);
            case 1045, 1698 ->
                setting(target, "refuses the user name or password: correct them in the data source", code);
            case 1044, 1142, 1143, 1227, 1370, 1410 ->
                setting(
                        target,
                        "misses a privilege: " + Messages.withoutValues(message)
                                + "; grant it to the data source's user",
                        code);
            case 1129, 1130 ->
                setting(target, "does not let this host connect: " + Messages.withoutValues(message), code);
            case 1049, 1051, 1146 -> row("the target has no such table; create it or correct the mapping", code);
            case 1054 ->
                row(
                        "the target has no column " + Messages.name(COLUMN_NAME, message)
                                + "; add it or exclude it in the mapping",
                        code);
            case 1062, 1022, 1586 ->
                row(
                        "another row has the same value of unique key " + Messages.name(KEY_NAME, message)
                                + "; remove one of the two at the target",
                        code);
            case 1406 ->
                row(
                        "the value is too long for column " + Messages.name(COLUMN_NAME, message)
                                + "; widen the column",
                        code);
            case 1264, 1690 ->
                row(
                        "the value is out of range for column " + Messages.name(COLUMN_NAME, message)
                                + "; widen the column",
                        code);
            case 1265, 1292, 1366, 1411, 3140 ->
                row(
                        "the value does not fit the type of column " + Messages.name(COLUMN_NAME, message)
                                + "; change the type",
                        code);
            case 1048, 1364 ->
                row(
                        "column " + Messages.name(COLUMN_NAME, message)
                                + " needs a value and gets none; give it a default or let it be NULL",
                        code);
            case 1153 -> row("the row is larger than the target's max_allowed_packet; raise it", code);
            case 3105, 1906 ->
                row("column " + Messages.name(COLUMN_NAME, message) + " is generated; exclude it in the mapping", code);
            case 3819, 4025 -> row("a CHECK constraint of the target refuses the row; change the constraint", code);
            default -> other(target, code, state, message);
        };
    }

    private static Diagnosis other(String target, int code, String state, String message) {
        if (state.startsWith("08") || state.startsWith("40")) {
            return new Diagnosis(
                    Diagnosis.Remedy.RETRY, "target " + target + " cannot be reached: " + Messages.firstLine(message));
        }
        if (state.startsWith("28")) {
            return setting(target, "refuses the login: " + Messages.withoutValues(message), code);
        }
        return row(Messages.withoutValues(message), code);
    }

    private static Diagnosis retry(String target, String what, int code) {
        return new Diagnosis(Diagnosis.Remedy.RETRY, "target " + target + " " + what + error(code));
    }

    private static Diagnosis retryTable(String target, String what, int code) {
        return new Diagnosis(Diagnosis.Remedy.RETRY_TABLE, "target " + target + " " + what + error(code));
    }

    private static Diagnosis setting(String target, String what, int code) {
        return new Diagnosis(Diagnosis.Remedy.CHANGE_SETTING, "target " + target + " " + what + error(code));
    }

    private static Diagnosis row(String what, int code) {
        return new Diagnosis(Diagnosis.Remedy.REPAIR_ROW, what + error(code));
    }

    private static String error(int code) {
        return " (error " + code + ")";
    }
}
