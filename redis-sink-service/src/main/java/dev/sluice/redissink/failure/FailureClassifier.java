package dev.sluice.redissink.failure;

import dev.sluice.redissink.failure.RedisFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the errors of Redis apart by the code word they begin with (<a
 * href="https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors">protocol</a>). An error nobody
 * foresaw needs a person: retrying it in silence would only hide it.
 */
public final class FailureClassifier {
    private record Rule(String beginning, Kind kind, String explanation) {}

    private static final List<Rule> RULES = List.of(
            new Rule("LOADING", Kind.RETRYABLE, "is still loading its data"),
            new Rule("BUSY ", Kind.RETRYABLE, "is busy with a script"),
            new Rule(
                    "OOM",
                    Kind.RETRYABLE,
                    "is at its maxmemory and refuses writes; raise maxmemory or remove keys, rows wait meanwhile"),
            new Rule(
                    "READONLY",
                    Kind.RETRYABLE,
                    "is a read-only replica; if this lasts, point the data source at the master"),
            new Rule("MASTERDOWN", Kind.RETRYABLE, "is a replica without its master"),
            new Rule("NOREPLICAS", Kind.RETRYABLE, "has fewer replicas than min-replicas-to-write asks for"),
            new Rule("MISCONF", Kind.RETRYABLE, "cannot write its snapshot to disk and refuses writes; see its log"),
            new Rule("NOSCRIPT", Kind.RETRYABLE, "forgot the script, which is loaded again"),
            new Rule("TRYAGAIN", Kind.RETRYABLE, "asks to try again"),
            new Rule("ERR max number of clients", Kind.RETRYABLE, "has no free connection; raise maxclients"),
            new Rule("NOAUTH", Kind.FATAL, "wants a password; set it at the data source"),
            new Rule("WRONGPASS", Kind.FATAL, "refused the user name or password; correct them at the data source"),
            new Rule("ERR invalid password", Kind.FATAL, "refused the password; correct it at the data source"),
            new Rule(
                    "ERR Client sent AUTH",
                    Kind.FATAL,
                    "has no password but the data source does; remove it there or set requirepass"),
            new Rule(
                    "ERR AUTH",
                    Kind.FATAL,
                    "has no password but the data source does; remove it there or set requirepass"),
            new Rule(
                    "NOPERM",
                    Kind.FATAL,
                    "forbids the user a command or key; allow evalsha, script, get, set, del, hset, pexpire, info and"
                            + " ping on the keys of the mappings and on sluice:watermark:*"),
            new Rule(
                    "The user executing the script can't",
                    Kind.FATAL,
                    "forbids the user a command or key that the script needs"),
            new Rule("CROSSSLOT", Kind.FATAL, "is a Redis Cluster, which is not supported; use a single master"),
            new Rule("MOVED", Kind.FATAL, "is a Redis Cluster, which is not supported; use a single master"),
            new Rule("CLUSTERDOWN", Kind.FATAL, "is a Redis Cluster, which is not supported; use a single master"),
            new Rule("WRONGTYPE", Kind.FATAL, "holds something else under sluice:watermark:*; delete that key"),
            new Rule(
                    "ERR unknown command",
                    Kind.FATAL,
                    "does not know a command; Redis 4.0 or newer with EVALSHA, not renamed, is needed"));

    /** Before version 7 it comes as {@code ERR Error running script (…): @user_script:8: @user_script: 8: -OOM …}. */
    private static final Pattern INSIDE_SCRIPT = Pattern.compile(
            "ERR Error running script .*?: @user_script:\\d+: (?:@user_script: ?\\d+: )?-?(.*)", Pattern.DOTALL);

    private FailureClassifier() {}

    /** An error reply. */
    public static RedisFailure reply(String server, String reply, Throwable cause) {
        Matcher inside = INSIDE_SCRIPT.matcher(reply);
        String error = inside.matches() ? inside.group(1) : reply;
        for (Rule rule : RULES) {
            if (error.startsWith(rule.beginning())) {
                return new RedisFailure(
                        rule.kind(), "Redis " + server + " " + rule.explanation() + " (" + reply + ")", cause);
            }
        }
        return new RedisFailure(Kind.FATAL, "Redis " + server + " answers: " + reply, cause);
    }

    /** No reply in time. */
    public static RedisFailure silent(String server, Duration patience) {
        return new RedisFailure(
                Kind.RETRYABLE, "Redis " + server + " did not answer within " + patience.toSeconds() + " s");
    }

    /** No connection, or one that was lost. */
    public static RedisFailure unreachable(String server, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root.getMessage() == null ? root.toString() : root.getMessage();
        return new RedisFailure(Kind.RETRYABLE, "Redis " + server + " cannot be reached: " + why, cause);
    }
}
