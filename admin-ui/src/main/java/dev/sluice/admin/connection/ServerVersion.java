package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a MySQL or MariaDB server says it is. */
public record ServerVersion(DataSource.Kind kind, int major, int minor, int patch) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    public static ServerVersion of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            return parse(row.getString(1));
        }
    }

    /** Reads {@code VERSION()}; some MariaDB servers put 5.5.5- before it. */
    static ServerVersion parse(String version) {
        DataSource.Kind kind = version.contains("MariaDB") ? DataSource.Kind.MARIADB : DataSource.Kind.MYSQL;
        Matcher numbers = NUMBERS.matcher(version.replaceFirst("^5\\.5\\.5-", ""));
        if (!numbers.find()) {
            return new ServerVersion(kind, 0, 0, 0);
        }
        return new ServerVersion(
                kind,
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3)));
    }

    /** Whether it is this version or a later one. */
    public boolean atLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
        if (major != wantedMajor) {
            return major > wantedMajor;
        }
        return minor != wantedMinor ? minor > wantedMinor : patch >= wantedPatch;
    }

    @Override
    public String toString() {
        return (kind == DataSource.Kind.MARIADB ? "MariaDB " : "MySQL ") + major + "." + minor + "." + patch;
    }
}
