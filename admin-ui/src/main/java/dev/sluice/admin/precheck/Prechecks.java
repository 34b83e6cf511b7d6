package dev.sluice.admin.precheck;

import dev.sluice.admin.configuration.Configurations;
import dev.sluice.admin.connection.CannotConnect;
import dev.sluice.admin.connection.DatabaseConnections;
import dev.sluice.admin.connection.RedisConnections;
import dev.sluice.admin.connection.ServerVersion;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Asks a server, each time anew, whether it can be a source or a target. */
@Service
class Prechecks {
    private final Configurations configurations;
    private final DatabaseConnections databases;
    private final RedisConnections redis;

    Prechecks(Configurations configurations, DatabaseConnections databases, RedisConnections redis) {
        this.configurations = configurations;
        this.databases = databases;
        this.redis = redis;
    }

    PrecheckReport check(String name, Role role) {
        Configuration configuration = configurations.current().document();
        DataSource source = configuration.dataSource(name).orElseThrow(() -> Refusal.notFound("data source", name));
        if (role == Role.SOURCE && !source.kind().capturable()) {
            return PrecheckReport.of(List.of(Finding.error(
                    "kind",
                    source.kind().name(),
                    "MYSQL or MARIADB",
                    "choose another data source as the source of a pipeline")));
        }
        try {
            return switch (source.kind()) {
                case MYSQL, MARIADB -> database(source, role, configuration);
                case REDIS -> redis(source);
                case POSTGRESQL -> {
                    try (Connection connection = databases.open(source)) {
                        yield PrecheckReport.of(new PostgresPrecheck(source, MappedTables.ofTarget(configuration, name))
                                .check(connection));
                    }
                }
                case ORACLE -> {
                    try (Connection connection = databases.open(source)) {
                        yield PrecheckReport.of(
                                OraclePrecheck.check(connection, appliesStatements(configuration, name)));
                    }
                }
            };
        } catch (CannotConnect | InvalidConfiguration e) {
            return PrecheckReport.of(
                    List.of(Finding.error("connection", "failed", "a connection", String.valueOf(e.getMessage()))));
        } catch (SQLException e) {
            return PrecheckReport.of(List.of(
                    Finding.error("connection", "lost", "answers to all questions", "try again: " + e.getMessage())));
        }
    }

    private static boolean appliesStatements(Configuration configuration, String target) {
        return configuration
                .pipelines()
                .anyMatch(pipeline -> pipeline.target().equals(target)
                        && !pipeline.applyRules().ddl().ignoresAll());
    }

    private PrecheckReport database(DataSource source, Role role, Configuration configuration)
            throws CannotConnect, SQLException {
        try (Connection connection = databases.open(source)) {
            ServerVersion version = ServerVersion.of(connection);
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok("connection", "connected", "a connection"));
            findings.add(kind(source, version));
            findings.add(version(version, role));
            if (role == Role.SOURCE) {
                MappedTables mapped = MappedTables.ofSource(configuration, source.name());
                findings.addAll(new SourcePrecheck(source, mapped).check(connection, version));
            } else {
                MappedTables mapped = MappedTables.ofTarget(configuration, source.name());
                findings.addAll(new TargetPrecheck(source, mapped).check(connection, version));
            }
            return PrecheckReport.of(findings);
        }
    }

    private PrecheckReport redis(DataSource source) throws CannotConnect {
        Map<String, String> info = redis.info(source);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("connection", "connected", "a connection"));
        findings.add(Finding.ok("version", "Redis " + info.getOrDefault("redis_version", "unknown"), "any"));
        findings.addAll(RedisPrecheck.check(info));
        return PrecheckReport.of(findings);
    }

    private static Finding kind(DataSource source, ServerVersion version) {
        return version.kind() == source.kind()
                ? Finding.ok("kind", source.kind().name(), source.kind().name())
                : Finding.error(
                        "kind",
                        version.kind().name(),
                        source.kind().name(),
                        "set the data source's kind to " + version.kind() + ", for that is what answers");
    }

    private static Finding version(ServerVersion version, Role role) {
        boolean mariaDb = version.kind() == DataSource.Kind.MARIADB;
        int minor = !mariaDb ? 7 : role == Role.SOURCE ? 5 : 2;
        String needed = (mariaDb ? "MariaDB 10." : "MySQL 5.") + minor + " or later";
        boolean enough = version.atLeast(mariaDb ? 10 : 5, minor, 0);
        return enough
                ? Finding.ok("version", version.toString(), needed)
                : Finding.error("version", version.toString(), needed, "upgrade the server");
    }

    /** What a server is to be. */
    enum Role {
        SOURCE,
        TARGET
    }
}
