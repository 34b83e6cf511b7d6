package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RedisServerIT {
    @Test
    void keepsValuesOverKill9WhenAskedToAndLeavesNothingBehind() throws Exception {
        Traces traces;
        try (RedisServer server =
                RedisServer.start(ServerOptions.defaults().with("appendonly yes", "appendfsync always"))) {
            traces = Traces.of(server.pid());
            try (RedisConnection connection = server.connect()) {
                connection.command("SET", "k", "wörld");
            }
            server.kill9();
            server.restart();
            try (RedisConnection connection = server.connect()) {
                assertThat(connection.command("GET", "k")).isEqualTo("wörld");
                assertThat(connection.command("GET", "absent")).isNull();
            }
        }
        traces.assertGone();
    }

    @Test
    void wantsItsPassword() {
        RedisServer server = SharedServers.redis();
        assertThatThrownBy(() -> {
                    try (RedisConnection connection = RedisConnection.open(server.host(), server.port(), "")) {
                        connection.command("PING");
                    }
                })
                .hasMessageContaining("NOAUTH");
    }

    @Test
    void twoServersDoNotSeeEachOther() throws Exception {
        try (RedisServer other = RedisServer.start(ServerOptions.defaults());
                RedisConnection here = SharedServers.redis().connect();
                RedisConnection there = other.connect()) {
            here.command("SET", "mine", "1");
            assertThat(there.command("GET", "mine")).isNull();
        }
    }
}
