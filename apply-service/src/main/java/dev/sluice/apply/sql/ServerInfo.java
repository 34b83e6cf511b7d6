package dev.sluice.apply.sql;

import com.mysql.cj.jdbc.JdbcStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** What the server says of a statement beside its count, such as {@code Records: 100  Duplicates: 3  Warnings: 0}. */
final class ServerInfo {
    private ServerInfo() {}

    /** The number behind a word in what was said of the statement's present result; {@code absent} if it is not there. */
    static long number(Statement statement, String word, long absent) throws SQLException {
        String info =
                statement.unwrap(JdbcStatement.class).getResultSetInternal().getServerInfo();
        int at = info == null ? -1 : info.indexOf(word + ": ");
        if (info == null || at < 0) {
            return absent;
        }
        int from = at + word.length() + 2;
        int end = info.indexOf(' ', from);
        return Long.parseLong(info.substring(from, end < 0 ? info.length() : end));
    }
}
