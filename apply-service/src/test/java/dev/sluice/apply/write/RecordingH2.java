package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.ddl.parser.oracle.generated.PlSqlLexer;
import io.debezium.ddl.parser.oracle.generated.PlSqlParser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;

/** H2 in Oracle mode, and every statement that was prepared on it. */
public final class RecordingH2 implements AutoCloseable {
    private final Connection h2;
    private final Connection recording;
    private final Set<String> statements = new LinkedHashSet<>();

    RecordingH2() throws SQLException {
        h2 = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=Oracle;TIME ZONE=UTC");
        h2.setAutoCommit(false);
        execute(
                "CREATE SCHEMA SHOP",
                "CREATE SCHEMA DBMS_LOB",
                "CREATE ALIAS DBMS_LOB.COMPARE FOR 'dev.sluice.apply.write.RecordingH2.compare'");
        recording = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(h2, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What {@code DBMS_LOB.COMPARE} does. */
    public static Integer compare(String one, String other) {
        return one == null || other == null ? null : one.compareTo(other);
    }

    Connection connection() {
        return recording;
    }

    void execute(String... sql) throws SQLException {
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
            // which H2 calls by their standard names
            statement.execute(sql.replace("BINARY_FLOAT", "REAL").replace("BINARY_DOUBLE", "DOUBLE PRECISION"));
        }
    }

    /** Rows as text, cells joined by a bar. */
    List<String> query(String sql) throws SQLException {
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

    Set<String> statements() {
        return statements;
    }

    /** Every statement is one that Oracle's grammar knows. */
    void assertGrammatical() {
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
            PlSqlLexer lexer = new PlSqlLexer(CharStreams.fromString(numbered(sql) + ";"));
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
