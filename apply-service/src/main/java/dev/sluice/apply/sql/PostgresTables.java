package dev.sluice.apply.sql;

import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a table of PostgreSQL is like from its catalog. Names that differ in case alone find it too. */
final class PostgresTables {
    private static final String TABLE = """
            SELECT c.oid, n.nspname, c.relname,
                current_setting('session_replication_role') <> 'replica'
                    AND EXISTS (SELECT FROM pg_constraint f
                        WHERE f.contype = 'f' AND c.oid IN (f.conrelid, f.confrelid)) AS checked, c.relkind = 'p'
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE lower(n.nspname) = lower(?) AND lower(c.relname) = lower(?) AND c.relkind IN ('r', 'p')
            ORDER BY n.nspname = ? DESC, c.relname = ? DESC, n.nspname DESC, c.relname DESC
            LIMIT 1""";
    private static final String COLUMNS = """
            SELECT a.attname, CASE WHEN b.typtype = 'e' THEN 'enum' ELSE b.typname END,
                CASE WHEN b.typname = 'numeric' AND m.typmod >= 0 THEN (m.typmod - 4) & 2047
                    WHEN b.typname IN ('int2', 'int4', 'int8') THEN 0
                    WHEN b.typname IN ('time', 'timetz', 'timestamp', 'timestamptz') AND m.typmod >= 0 THEN m.typmod
                    ELSE -1 END,
                a.attgenerated <> ''
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
            CROSS JOIN LATERAL
                (SELECT CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS typmod) m
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped""";
    private static final String KEYS = """
            SELECT i.indisprimary AND i.indimmediate, a.attname
            FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k (attnum, n)
            LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ? AND (i.indisunique OR i.indisexclusion) AND k.n <= i.indnkeyatts
            ORDER BY i.indexrelid, k.n""";

    private PostgresTables() {}

    /** The table; null if there is none of that name. */
    static @Nullable TargetTable read(Connection connection, TableLine.Target name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TABLE)) {
            query.setString(1, name.schema());
            query.setString(2, name.name());
            query.setString(3, name.schema());
            query.setString(4, name.name());
            try (ResultSet result = query.executeQuery()) {
                if (!result.next()) {
                    return null;
                }
                if (result.getBoolean(4)) {
                    throw new SQLException(
                            "table " + result.getString(3) + " has foreign keys, and this user cannot switch their"
                                    + " checks off for its connections; GRANT SET ON PARAMETER"
                                    + " session_replication_role to it, or drop the foreign keys",
                            PostgresDialect.FOREIGN_KEYS);
                }
                return read(
                        connection, result.getLong(1), result.getString(2), result.getString(3), result.getBoolean(5));
            }
        }
    }

    private static TargetTable read(Connection connection, long oid, String schema, String name, boolean partitioned)
            throws SQLException {
        Map<String, TargetTable.Column> columns = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, oid);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    columns.put(
                            lower(result.getString(1)),
                            new TargetTable.Column(
                                    result.getString(1), result.getString(2), result.getInt(3), result.getBoolean(4)));
                }
            }
        }
        List<String> primaryKey = new ArrayList<>();
        boolean furtherUnique = false;
        try (PreparedStatement query = connection.prepareStatement(KEYS)) {
            query.setLong(1, oid);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    if (result.getBoolean(1)) {
                        primaryKey.add(lower(result.getString(2)));
                    } else {
                        furtherUnique = true;
                    }
                }
            }
        }
        return new TargetTable(schema, name, columns, primaryKey, Map.of(), furtherUnique, !partitioned);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
