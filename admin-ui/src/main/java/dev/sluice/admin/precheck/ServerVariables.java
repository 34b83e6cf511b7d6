package dev.sluice.admin.precheck;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The global variables of a server. */
final class ServerVariables {
    private final Map<String, String> values;

    ServerVariables(Map<String, String> values) {
        this.values = values;
    }

    static ServerVariables of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
            Map<String, String> values = new HashMap<>();
            while (rows.next()) {
                values.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
            }
            return new ServerVariables(values);
        }
    }

    /** Empty if this server has no such variable. */
    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether it is ON or 1. */
    boolean isOn(String name) {
        return find(name)
                .filter(value -> value.equalsIgnoreCase("ON") || value.equals("1"))
                .isPresent();
    }

    long number(String name) {
        return find(name)
                .map(String::strip)
                .filter(value -> value.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
