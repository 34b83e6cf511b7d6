package dev.sluice.ddl.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements that a server has written to its binary log since the last look. */
final class LoggedStatements {
    private static final Pattern USE = Pattern.compile("(?s)^use [`\"](.*?)[`\"]; (.*)$");

    private final Connection connection;
    private String file;
    private long offset;

    record Logged(String schema, String sql) {}

    LoggedStatements(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(status())) {
            row.next();
            file = row.getString(1);
            offset = row.getLong(2);
        }
    }

    private String status() throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        return version == 9 ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
    }

    List<Logged> next(String prefix) throws SQLException {
        List<Logged> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW BINLOG EVENTS IN '" + file + "' FROM " + offset)) {
            while (rows.next()) {
                offset = rows.getLong(5);
                String info = rows.getString(6);
                Matcher use = USE.matcher(info);
                if (rows.getString(3).equals("Query") && (info.contains(prefix) || info.startsWith("ALTER DATABASE"))) {
                    String sql = use.matches() ? use.group(2) : info;
                    found.add(new Logged(use.matches() ? use.group(1) : prefix + "a", sql));
                }
            }
        }
        return found;
    }
}
