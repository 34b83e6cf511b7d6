package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import java.sql.Connection;
import org.springframework.stereotype.Component;

/** Opens connections to database servers of every kind, with short time-outs. Thread-safe. */
@Component
public class DatabaseConnections {
    private final MySqlConnections mySql;
    private final PostgresConnections postgres;
    private final OracleConnections oracle;

    DatabaseConnections(MySqlConnections mySql, PostgresConnections postgres, OracleConnections oracle) {
        this.mySql = mySql;
        this.postgres = postgres;
        this.oracle = oracle;
    }

    /** Opens one; the caller closes it. */
    public Connection open(DataSource source) throws CannotConnect {
        return switch (source.kind()) {
            case MYSQL, MARIADB -> mySql.open(source);
            case POSTGRESQL -> postgres.open(source);
            case ORACLE -> oracle.open(source);
            case REDIS -> throw new InvalidConfiguration("kind", "REDIS has no tables; choose a database");
        };
    }
}
