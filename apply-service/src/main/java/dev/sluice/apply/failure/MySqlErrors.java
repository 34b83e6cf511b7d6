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
        Symptom symptom = new Symptom(target, Integer.toString(code));
        return switch (code) {
            case 1213, 1205, 1206, 1180, 1412, 1615, 1969, 3024, 3101, 1317 ->
                symptom.retryTable("rolled back because of other transactions");
            case 1040, 1203, 1226 -> symptom.retry("has too many connections");
            case 1290, 1836, 1792 -> symptom.retry("is read-only");
            case 1021, 1114, 1030, 1026, 1037, 1038, 1041 -> symptom.retry("has no space or memory left");
            case 1053, 1077, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2002, 2003, 2006, 2013 ->
                symptom.retry("closed the connection");
            case 1045, 1698 -> symptom.setting("refuses the user name or password: correct them in the data source");
            case 1044, 1142, 1143, 1227, 1370, 1410 ->
                symptom.setting("misses a privilege: " + Messages.withoutValues(message)
                        + "; grant it to the data source's user");
            case 1129, 1130 -> symptom.setting("does not let this host connect: " + Messages.withoutValues(message));
            case 1049, 1051, 1146 -> symptom.row("the target has no such table; create it or correct the mapping");
            case 1054 ->
                symptom.row("the target has no column " + Messages.name(COLUMN_NAME, message)
                        + "; add it or exclude it in the mapping");
            case 1062, 1022, 1586 ->
                symptom.row("another row has the same value of unique key " + Messages.name(KEY_NAME, message)
                        + "; remove one of the two at the target");
            case 1406 ->
                symptom.row("the value is too long for column " + Messages.name(COLUMN_NAME, message)
                        + "; widen the column");
            case 1264, 1690 ->
                symptom.row("the value is out of range for column " + Messages.name(COLUMN_NAME, message)
                        + "; widen the column");
            case 1265, 1292, 1366, 1411, 3140 ->
                symptom.row("the value does not fit the type of column " + Messages.name(COLUMN_NAME, message)
                        + "; change the type");
            case 1048, 1364 ->
                symptom.row("column " + Messages.name(COLUMN_NAME, message)
                        + " needs a value and gets none; give it a default or let it be NULL");
            case 1153 -> symptom.row("the row is larger than the target's max_allowed_packet; raise it");
            case 3105, 1906 ->
                symptom.row(
                        "column " + Messages.name(COLUMN_NAME, message) + " is generated; exclude it in the mapping");
            case 3819, 4025 -> symptom.row("a CHECK constraint of the target refuses the row; change the constraint");
            default -> symptom.byState(state, Messages.withoutValues(message));
        };
    }
}
