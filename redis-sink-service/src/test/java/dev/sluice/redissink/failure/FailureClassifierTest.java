package dev.sluice.redissink.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "READONLY You can't write against a read only replica.",
                "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist on disk.",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "NOREPLICAS Not enough good replicas to write.",
                "NOSCRIPT No matching script. Please use EVAL.",
                "ERR max number of clients reached",
                "ERR Error running script (call to f_0d1): @user_script:1: @user_script: 1: -OOM command not allowed.",
                "ERR Error running script (call to f_0d1): @user_script:1: @user_script: 1: -READONLY You can't write."
            })
    void waitsForWhatPasses(String reply) {
        assertThat(classify(reply).kind()).isEqualTo(RedisFailure.Kind.RETRYABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM this user has no permissions to run the 'evalsha' command",
                "CROSSSLOT Keys in request don't hash to the same slot",
                "ERR unknown command 'EVALSHA'",
                "ERR Error running script (call to f_0d1): @user_script:1: WRONGTYPE Operation against a key",
                "ERR something nobody thought of"
            })
    void callsAPersonForTheRest(String reply) {
        RedisFailure failure = classify(reply);

        assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.FATAL);
        assertThat(failure).hasMessageContainingAll("h:1", reply);
    }

    @Test
    void namesTheDeepestReasonOfALostConnection() {
        RedisFailure failure = FailureClassifier.unreachable(
                "h:1", new RuntimeException("outer", new ConnectException("Connection refused")));

        assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.RETRYABLE);
        assertThat(failure).hasMessage("Redis h:1 cannot be reached: Connection refused");
    }

    private static RedisFailure classify(String reply) {
        return FailureClassifier.reply("h:1", reply, new RuntimeException(reply));
    }
}
