package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.ddl.parser.oracle.generated.PlSqlLexer;
import io.debezium.ddl.parser.oracle.generated.PlSqlParser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;

/** H2 in Oracle mode, and every statement that was prepared on it. */
public final class RecordingH2 implements AutoCloseable {
    /** The views of Oracle's dictionary that are asked. */
    private static final List<String> DICTIONARY = List.of(
            "CREATE VIEW ALL_USERS AS SELECT SCHEMA_NAME USERNAME FROM INFORMATION_SCHEMA.SCHEMATA",
            "CREATE VIEW ALL_TAB_COLUMNS AS SELECT TABLE_SCHEMA OWNER, TABLE_NAME, COLUMN_NAME, CASE DATA_TYPE"
                    + " WHEN 'CHARACTER LARGE OBJECT' THEN 'CLOB' WHEN 'BINARY LARGE OBJECT' THEN 'BLOB'"
                    + " ELSE DATA_TYPE END DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS",
            "CREATE VIEW ALL_CONSTRAINTS AS SELECT TABLE_SCHEMA OWNER, TABLE_NAME, CONSTRAINT_NAME,"
                    + " SUBSTRING(CONSTRAINT_TYPE, 1, 1) CONSTRAINT_TYPE FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS",
            "CREATE VIEW ALL_INDEXES AS SELECT TABLE_SCHEMA TABLE_OWNER, TABLE_NAME, INDEX_NAME"
                    + " FROM INFORMATION_SCHEMA.INDEXES WHERE INDEX_TYPE_NAME = 'INDEX'",
            "CREATE SCHEMA DBMS_LOCK",
            "CREATE ALIAS DBMS_LOCK.REQUEST FOR 'dev.sluice.apply.write.RecordingH2.request'",
            "CREATE ALIAS DBMS_LOCK.RELEASE FOR 'dev.sluice.apply.write.RecordingH2.release'");

    /** Oracle's numbers for H2's. */
    private static final Map<Integer, Integer> ORA = Map.ofEntries(
            Map.entry(42101, 955),
            Map.entry(42102, 942),
            Map.entry(42103, 942),
            Map.entry(42104, 942),
            Map.entry(42111, 955),
            Map.entry(42112, 1418),
            Map.entry(42121, 1430),
            Map.entry(42122, 904),
            Map.entry(90017, 2260),
            Map.entry(90045, 2264),
            Map.entry(90057, 2443),
            Map.entry(90085, 2443));

    private static final Set<Integer> HELD = ConcurrentHashMap.newKeySet();

    private final Connection h2;
    private Lost lost = NEVER;
    private final Connection recording;
    private final Set<String> statements = new LinkedHashSet<>();

    public RecordingH2() throws SQLException {
        h2 = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=Oracle;TIME ZONE=UTC");
        h2.setAutoCommit(false);
        execute(
                "CREATE SCHEMA SHOP",
                "CREATE SCHEMA DBMS_LOB",
                "CREATE ALIAS DBMS_LOB.COMPARE FOR 'dev.sluice.apply.write.RecordingH2.compare'");
        try (Statement statement = h2.createStatement()) {
            for (String sql : DICTIONARY) {
                statement.execute(sql);
            }
        }
        recording = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "prepareStatement" -> statements.add((String) arguments[0]);
                        case "prepareCall" -> {
                            statements.add((String) arguments[0]);
                            return h2.prepareCall(
                                    ((String) arguments[0]).replaceFirst("BEGIN \\? := (.*); END;", "{? = CALL $1}"));
                        }
                        case "createStatement" -> {
                            return recording(h2.createStatement());
                        }
                        default -> {}
                    }
                    return invoked(method, h2, arguments);
                });
    }

    private Statement recording(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("execute")) {
                        return invoked(method, statement, arguments);
                    }
                    String sql = (String) arguments[0];
                    statements.add(sql);
                    lost.before(sql);
                    try {
                        return invoked(method, statement, new Object[] {forH2(sql)});
                    } finally {
                        lost.behind(sql);
                    }
                });
    }

    private static Object invoked(Method method, Object on, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException sql
                    ? new SQLException(
                            sql.getMessage(), sql.getSQLState(), ORA.getOrDefault(sql.getErrorCode(), 900_000))
                    : e.getCause();
        }
    }

    /** What H2 calls by other names, or does anyway. */
    private static String forH2(String sql) {
        return sql.replace("BINARY_FLOAT", "REAL")
                .replace("BINARY_DOUBLE", "DOUBLE PRECISION")
                .replaceFirst("DROP \\((\".*\")\\) CASCADE CONSTRAINTS", "DROP COLUMN $1");
    }

    /** What becomes of the connection while statements run that are told as they are, not prepared. */
    public interface Lost {
        void before(String sql) throws SQLException;

        void behind(String sql) throws SQLException;
    }

    private static final Lost NEVER = new Lost() {
        @Override
        public void before(String sql) {}

        @Override
        public void behind(String sql) {}
    };

    public void losing(Lost when) {
        lost = when;
    }

    public void losingNothing() {
        lost = NEVER;
    }

    /** What {@code DBMS_LOCK.REQUEST} does. */
    public static int request(int lock, int mode, int patience, boolean endsWithTransaction) {
        return HELD.add(lock) ? 0 : 1;
    }

    /** What {@code DBMS_LOCK.RELEASE} does. */
    public static int release(int lock) {
        return HELD.remove(lock) ? 0 : 4;
    }

    /** What {@code DBMS_LOB.COMPARE} does. */
    public static Integer compare(String one, String other) {
        return one == null || other == null ? null : one.compareTo(other);
    }

    public Connection connection() {
        return recording;
    }

    public void execute(String... sql) throws SQLException {
        try (Statement statement = h2.createStatement()) {
            for (String each : sql) {
                statements.add(each.startsWith("CREATE TABLE SLUICE") ? each : "SELECT 1 FROM DUAL");
                statement.execute(each);
            }
        }
    }

    /** Runs a statement that Oracle would get. */
    void made(String sql) throws SQLException {
        try (Statement statement = h2.createStatement()) {
            statements.add(sql);
            statement.execute(forH2(sql));
        }
    }

    /** Rows as text, cells joined by a bar. */
    public List<String> query(String sql) throws SQLException {
        try (Statement statement = h2.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", cells));
            }
            return rows;
        }
    }

    /** What Oracle would have got, in order. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    /** Says the statements again from here on. */
    public void forget() {
        statements.clear();
    }

    /** Those that are to be parsed too. */
    public void remember(List<String> others) {
        statements.addAll(others);
    }

    /** Every statement is one that Oracle's grammar knows. */
    public void assertGrammatical() {
        for (String sql : statements) {
            List<String> errors = new ArrayList<>();
            BaseErrorListener listener = new BaseErrorListener() {
                @Override
                public void syntaxError(
                        Recognizer<?, ?> recognizer,
                        Object symbol,
                        int line,
                        int at,
                        String message,
                        RecognitionException e) {
                    errors.add(at + ": " + message);
                }
            };
            PlSqlLexer lexer = new PlSqlLexer(CharStreams.fromString(numbered(sql) + (sql.endsWith(";") ? "" : ";")));
            lexer.removeErrorListeners();
            lexer.addErrorListener(listener);
            PlSqlParser parser = new PlSqlParser(new CommonTokenStream(lexer));
            parser.removeErrorListeners();
            parser.addErrorListener(listener);
            assertThat(parser.sql_script().getChildCount()).isPositive();
            assertThat(errors).as(sql).isEmpty();
        }
    }

    /** Parameters as the driver sends them. */
    private static String numbered(String sql) {
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (char c : sql.toCharArray()) {
            out.append(c == '?' ? ":" + ++number : c);
        }
        return out.toString();
    }

    @Override
    public void close() throws SQLException {
        h2.close();
    }
}
