package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A source that stops answering, or stops altogether, ends the reader. */
class SilentSourceIT {
    @Test
    void silenceOfThreeHeartbeatsIsALostConnection() throws Exception {
        try (MySqlServer server = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults())) {
            OptionalLong pid = server.pid();
            Assumptions.assumeTrue(pid.isPresent(), "the server is no process of ours");
            ReaderOptions options = new ReaderOptions(TestSource.address(server), 99, Duration.ofSeconds(1));
            FilePosition start = TestSource.positions(server).current();
            try (BinlogReader reader = BinlogReader.open(options, start)) {
                Collected found = new Collected("none");
                found.readUntil(reader, () -> found.moves.size() >= 2);
                signal("STOP", pid.getAsLong());
                long before = System.nanoTime();
                try {
                    assertThatThrownBy(() -> found.readUntil(reader, () -> false))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("no sign of life");
                } finally {
                    signal("CONT", pid.getAsLong());
                }
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
            }
            BinlogReader reader = BinlogReader.open(options, start);
            server.kill9();
            assertThatThrownBy(() -> new Collected("none").readUntil(reader, () -> false))
                    .isInstanceOf(IOException.class);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
