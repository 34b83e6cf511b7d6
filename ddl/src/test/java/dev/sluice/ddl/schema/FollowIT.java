package dev.sluice.ddl.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableName;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Statements as a server writes them to its binary log, each followed: the tables are what information_schema says, or they
 * are said to be unknown.
 */
class FollowIT {
    private static final Set<KeyDefinition.Kind> UNIQUE = Set.of(KeyDefinition.Kind.PRIMARY, KeyDefinition.Kind.UNIQUE);
    private static final int RANDOM_STATEMENTS = Integer.getInteger("sluice.test.alters", 150);

    @ParameterizedTest
    @EnumSource(names = "MYSQL_8_0")
    void tablesAreWhatTheServerSays(TestServer kind) throws Exception {
        check(kind);
    }

    @ParameterizedTest
    @Tag("extended")
    @EnumSource(names = "MYSQL_8_0", mode = EnumSource.Mode.EXCLUDE)
    void tablesAreWhatOtherServersSay(TestServer kind) throws Exception {
        assumeTrue(kind.available());
        check(kind);
    }

    private static void check(TestServer kind) throws Exception {
        DatabaseServer server = kind.start();
        try {
            Run run = new Run(kind, server);
            for (String list : kind.lists) {
                run.list(list);
            }
            run.random(new Random().nextLong());
            run.report();
        } finally {
            kind.stop(server);
        }
    }

    /** One server, followed. */
    private static final class Run {
        private final TestServer kind;
        private final String prefix =
                "f" + UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT) + "_";
        private final Connection session;
        private final LiveTables live;
        private final LoggedStatements logged;
        private final Catalog catalog;
        private final String serverCollation;
        private final String version;
        private long sqlMode;
        private int followed;
        private int refused;
        private final Set<String> unreadable = new TreeSet<>();
        private final List<String> wrong = new ArrayList<>();

        Run(TestServer kind, DatabaseServer server) throws SQLException {
            this.kind = kind;
            session = server.connect();
            version = server.version();
            Connection beside = server.connect();
            live = new LiveTables(beside);
            logged = new LoggedStatements(beside);
            catalog = new Catalog(new ServerRules(live.charsets(), kind != TestServer.MYSQL_5_7, false));
            execute("CREATE DATABASE " + prefix + "a");
            serverCollation = live.collation(prefix + "a");
            logged.next(prefix);
            execute("DROP DATABASE " + prefix + "a");
            execute("CREATE DATABASE " + prefix + "a CHARACTER SET utf8mb4");
            execute("CREATE DATABASE " + prefix + "b CHARACTER SET latin1 COLLATE latin1_bin");
            follow();
            execute("USE " + prefix + "a");
        }

        void list(String name) throws Exception {
            try (var in = FollowIT.class.getResourceAsStream("/statements/" + name + ".sql")) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                for (String each : text.split(";\\R")) {
                    String sql = each.strip().replace("{s}", prefix);
                    if (sql.startsWith("@mode")) {
                        mode(sql.substring("@mode".length()).strip());
                    } else if (!sql.isEmpty()) {
                        step(sql);
                    }
                }
            }
            mode("");
        }

        void random(long seed) throws Exception {
            System.out.println(kind + ": random statements, seed " + seed);
            RandomAlters alters = new RandomAlters(new Random(seed), kind);
            TableName table = new TableName(prefix + "a", "r");
            step(alters.create());
            for (int i = 0; i < RANDOM_STATEMENTS; i++) {
                step(alters.next(catalog.table(table).orElseThrow()));
            }
        }

        private void mode(String modes) throws SQLException {
            sqlMode = 0;
            for (String mode : modes.split(",")) {
                sqlMode |= Map.of("", 0L, "REAL_AS_FLOAT", 1L, "ANSI_QUOTES", 4L, "NO_BACKSLASH_ESCAPES", 1L << 20)
                        .get(mode);
            }
            execute("SET SESSION sql_mode='" + modes + "'");
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = session.createStatement()) {
                statement.execute(sql);
            }
        }

        private void step(String sql) throws SQLException {
            try {
                execute(sql);
            } catch (SQLException e) {
                refused++;
                if (Boolean.getBoolean("sluice.test.refused")) {
                    System.out.println("refused: " + sql + ": " + e.getMessage());
                }
            }
            follow();
        }

        private void follow() throws SQLException {
            List<LoggedStatements.Logged> statements = logged.next(prefix);
            if (statements.isEmpty()) {
                return;
            }
            Map<TableName, TableSchema> now = live.tables(prefix);
            for (LoggedStatements.Logged statement : statements) {
                followed++;
                Ddl ddl = DdlParser.parse(statement.sql(), statement.schema(), dialect());
                Set<TableName> unknown = new TreeSet<>(Comparator.comparing(TableName::toString));
                unknown.addAll(catalog.apply(ddl, serverCollation));
                if (ddl instanceof Ddl.Unreadable) {
                    // it may have made tables that it does not seem to name
                    now.keySet().stream()
                            .filter(each -> catalog.table(each).isEmpty())
                            .forEach(unknown::add);
                }
                for (TableName table : unknown) {
                    unreadable.add(statement.sql()
                            + (ddl instanceof Ddl.Unreadable because ? "\n      " + because.reason() : ""));
                    if (now.containsKey(table)) {
                        catalog.put(now.get(table));
                    }
                }
            }
            compare(String.valueOf(statements), now);
        }

        private Dialect dialect() {
            String[] parts = version.split("[^0-9]+");
            return Dialect.of(
                    kind.mariaDb(),
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    sqlMode);
        }

        private void compare(String sql, Map<TableName, TableSchema> now) {
            Set<TableName> names = new TreeSet<>(Comparator.comparing(TableName::toString));
            names.addAll(now.keySet());
            names.addAll(catalog.tables().keySet());
            for (TableName name : names) {
                List<String> is = lines(now.get(name));
                List<String> seen = lines(catalog.table(name).orElse(null));
                if (!is.equals(seen)) {
                    List<String> onlyIs =
                            is.stream().filter(each -> !seen.contains(each)).toList();
                    List<String> onlySeen =
                            seen.stream().filter(each -> !is.contains(each)).toList();
                    wrong.add(sql + "\n  is   " + onlyIs + "\n  seen " + onlySeen
                            + (onlyIs.isEmpty() && onlySeen.isEmpty() ? "\n  in this order: " + is + seen : ""));
                    if (now.containsKey(name)) {
                        catalog.put(now.get(name));
                    }
                }
            }
        }

        private static List<String> lines(@Nullable TableSchema table) {
            if (table == null) {
                return List.of("no table");
            }
            Stream<String> keys = table.keys().stream()
                    .filter(key -> UNIQUE.contains(key.kind()))
                    .sorted(Comparator.comparing(
                            key -> String.valueOf(key.name()).toLowerCase(Locale.ROOT)))
                    .map(KeyDefinition::toString);
            return Stream.of(
                            Stream.of(table.name() + " " + table.collation()),
                            table.columns().stream().map(Column::toString),
                            keys)
                    .flatMap(lines -> lines)
                    .toList();
        }

        void report() throws SQLException {
            wrong.forEach(each -> System.out.println("WRONG " + each));
            System.out.println(kind + ": " + followed + " statements followed, " + refused + " refused by the server, "
                    + unreadable.size() + " not understood:");
            unreadable.forEach(each -> System.out.println("    " + each));
            execute("DROP DATABASE " + prefix + "a");
            execute("DROP DATABASE " + prefix + "b");
            assertThat(wrong).isEmpty();
            assertThat(followed).isGreaterThan(RANDOM_STATEMENTS / 4);
        }
    }
}
