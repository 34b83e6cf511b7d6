package dev.sluice.ddl;

import io.debezium.ddl.parser.mariadb.generated.MariaDBLexer;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import io.debezium.ddl.parser.mysql.generated.MySqlLexer;
import io.debezium.ddl.parser.mysql.generated.MySqlParser;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A statement's syntax tree, by the grammar of its server. Both grammars are read alike: their trees have the same form and
 * differ in the names of rules.
 *
 * @param sql the statement as it was written, from which names and literals are read
 */
record SyntaxTree(ParserRuleContext root, List<String> rules, CommonTokenStream tokens, String sql) {
    /** A version whose grammar has the most. */
    private static final int NEWEST = 90_700;

    private static final int LONGEST_REASON = 300;

    private static final BaseErrorListener REFUSE = new BaseErrorListener() {
        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException e) {
            String reason = "line " + line + " column " + (column + 1) + ": " + message;
            throw new ParseCancellationException(
                    reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason);
        }
    };

    /**
     * Reads a statement.
     *
     * @param plain its plain form
     * @throws ParseCancellationException if the grammar does not know it
     */
    static SyntaxTree of(String plain, String sql, Dialect dialect) {
        try {
            return dialect.mariaDb() ? mariaDb(plain, sql) : mySql(plain, sql, dialect.version());
        } catch (ParseCancellationException e) {
            // each grammar lacks something that the other has
            try {
                return dialect.mariaDb() ? mySql(plain, sql, NEWEST) : mariaDb(plain, sql);
            } catch (ParseCancellationException alsoUnknown) {
                e.addSuppressed(alsoUnknown);
                throw e;
            }
        }
    }

    private static SyntaxTree mySql(String plain, String sql, int version) {
        MySqlLexer lexer = new MySqlLexer(CharStreams.fromString(plain));
        lexer.sqlModes = Set.of();
        lexer.serverVersion = version;
        CommonTokenStream tokens = tokens(lexer);
        MySqlParser parser = new MySqlParser(tokens);
        parser.sqlModes = Set.of();
        parser.serverVersion = version;
        return read(parser, tokens, parser::query, sql);
    }

    private static SyntaxTree mariaDb(String plain, String sql) {
        CommonTokenStream tokens = tokens(new MariaDBLexer(CharStreams.fromString(MariaDbWords.known(plain))));
        MariaDBParser parser = new MariaDBParser(tokens);
        return read(parser, tokens, parser::sqlStatement, sql);
    }

    private static CommonTokenStream tokens(Lexer lexer) {
        lexer.removeErrorListeners();
        lexer.addErrorListener(REFUSE);
        return new CommonTokenStream(lexer);
    }

    private static SyntaxTree read(
            Parser parser, CommonTokenStream tokens, Supplier<ParserRuleContext> rule, String sql) {
        parser.removeErrorListeners();
        parser.addErrorListener(REFUSE);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        ParserRuleContext root;
        try {
            root = whole(rule, tokens);
        } catch (ParseCancellationException e) {
            // the fast mode refuses some correct statements
            tokens.seek(0);
            parser.reset();
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            root = whole(rule, tokens);
        }
        return new SyntaxTree(root, List.of(parser.getRuleNames()), tokens, sql);
    }

    /** The grammars end a statement early where they do not know how it goes on. */
    private static ParserRuleContext whole(Supplier<ParserRuleContext> rule, CommonTokenStream tokens) {
        ParserRuleContext root = rule.get();
        Token rest = tokens.LT(1);
        while (rest.getText().equals(";")) {
            tokens.consume();
            rest = tokens.LT(1);
        }
        if (rest.getType() != Token.EOF) {
            throw new ParseCancellationException("unexpected " + rest.getText());
        }
        return root;
    }
}
