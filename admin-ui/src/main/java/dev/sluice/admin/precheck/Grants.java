package dev.sluice.admin.precheck;

import dev.sluice.change.config.DataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a user may do, from <a href="https://dev.mysql.com/doc/refman/8.4/en/show-grants.html">SHOW GRANTS</a>, with the
 * roles that are active at login.
 */
final class Grants {
    private static final Pattern LINE = Pattern.compile(
            "(GRANT|REVOKE) (.+?) ON (?:TABLE )?(\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) (?:TO|FROM) .*");
    private static final Pattern COLUMN_LIST = Pattern.compile("[A-Z ]+ \\([^)]*\\)(?:, )?");

    private final List<Grant> granted = new ArrayList<>();
    private final List<Grant> revoked = new ArrayList<>();

    Grants(List<String> lines) {
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                Grant grant = new Grant(privileges(matcher.group(2)), name(matcher.group(3)), name(matcher.group(4)));
                (matcher.group(1).equals("GRANT") ? granted : revoked).add(grant);
            }
        }
    }

    static Grants of(Connection connection, DataSource.Kind kind) throws SQLException {
        if (kind == DataSource.Kind.MYSQL) {
            String roles = activeRoles(connection);
            if (!roles.isEmpty()) {
                return new Grants(lines(connection, "SHOW GRANTS FOR CURRENT_USER() USING " + roles));
            }
        }
        return new Grants(lines(connection, "SHOW GRANTS FOR CURRENT_USER()"));
    }

    /** Whether it is granted everywhere. */
    boolean globally(String privilege) {
        return granted.stream().anyMatch(grant -> grant.schema.equals("*") && grant.gives(privilege));
    }

    /** Whether it is granted on a whole schema. */
    boolean onSchema(String privilege, String schema) {
        boolean takenBack = revoked.stream().anyMatch(grant -> grant.coversSchema(schema) && grant.gives(privilege));
        return globally(privilege) && !takenBack
                || granted.stream()
                        .anyMatch(grant -> !grant.schema.equals("*")
                                && grant.table.equals("*")
                                && grant.coversSchema(schema)
                                && grant.gives(privilege));
    }

    /** Whether it is granted on a table, all columns of it. */
    boolean onTable(String privilege, String schema, String table) {
        return onSchema(privilege, schema)
                || granted.stream()
                        .anyMatch(grant ->
                                grant.coversSchema(schema) && grant.table.equals(table) && grant.gives(privilege));
    }

    private static String activeRoles(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_ROLE()")) {
            row.next();
            String roles = row.getString(1);
            return roles == null || roles.equals("NONE") ? "" : roles;
        } catch (SQLException e) {
            return ""; // before MySQL 8.0 there are no roles, and no such function
        }
    }

    private static List<String> lines(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    private static Set<String> privileges(String list) {
        return Arrays.stream(COLUMN_LIST.matcher(list).replaceAll("").split(", *"))
                .map(privilege -> privilege.strip().toUpperCase(Locale.ROOT))
                .filter(privilege -> !privilege.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String name(String quoted) {
        return quoted.equals("*")
                ? quoted
                : quoted.substring(1, quoted.length() - 1).replace("``", "`");
    }

    private record Grant(Set<String> privileges, String schema, String table) {
        boolean gives(String privilege) {
            return privileges.contains(privilege)
                    || privileges.contains("ALL PRIVILEGES")
                    || privileges.contains("ALL");
        }

        /** In a grant's schema, {@code _} and {@code %} stand for any character and any run of them. */
        boolean coversSchema(String name) {
            if (schema.equals("*")) {
                return true;
            }
            if (!table.equals("*")) {
                return schema.equals(name);
            }
            StringBuilder pattern = new StringBuilder();
            for (int i = 0; i < schema.length(); i++) {
                char c = schema.charAt(i);
                if (c == '\\' && i + 1 < schema.length()) {
                    pattern.append(Pattern.quote(String.valueOf(schema.charAt(++i))));
                } else if (c == '%') {
                    pattern.append(".*");
                } else if (c == '_') {
                    pattern.append('.');
                } else {
                    pattern.append(Pattern.quote(String.valueOf(c)));
                }
            }
            return name.matches(pattern.toString());
        }
    }
}
