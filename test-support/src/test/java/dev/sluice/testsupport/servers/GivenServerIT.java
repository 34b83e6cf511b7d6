package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GivenServerIT {
    @Test
    void usesTheServersGivenByUrlAndLeavesThemRunning() throws Exception {
        MySqlServer mysql = SharedServers.mysql();
        RedisServer redis = SharedServers.redis();
        System.setProperty(
                "sluice.it.given", "mysql://" + mysql.user() + ":" + mysql.password() + "@127.0.0.1:" + mysql.port());
        System.setProperty("sluice.it.given.redis", redis.url());
        try (MySqlServer given = MySqlServer.obtain("given", MySqlVersion.V8_0_15, ServerOptions.defaults());
                RedisServer givenRedis = RedisServer.obtain("given.redis", ServerOptions.defaults())) {
            assertThat(given.port()).isEqualTo(mysql.port());
            assertThat(given.version()).isEqualTo(mysql.version());
            try (RedisConnection connection = givenRedis.connect()) {
                assertThat(connection.command("PING")).isEqualTo("PONG");
            }
        } finally {
            System.clearProperty("sluice.it.given");
            System.clearProperty("sluice.it.given.redis");
        }
        assertThat(mysql.pid()).isPresent();
        assertThat(redis.pid()).isPresent();
    }

    @Test
    void usesTheBrokerGivenByUrl() throws Exception {
        RabbitMqServer rabbit = SharedServers.rabbit();
        System.setProperty("sluice.it.given.broker", rabbit.amqpUri());
        System.setProperty("sluice.it.given.broker.management", rabbit.managementUrl());
        try (RabbitMqServer given = RabbitMqServer.obtain("given.broker", ServerOptions.defaults());
                var connection = given.connect()) {
            assertThat(connection.isOpen()).isTrue();
            assertThat(given.managementUrl()).isEqualTo(rabbit.managementUrl());
        } finally {
            System.clearProperty("sluice.it.given.broker");
            System.clearProperty("sluice.it.given.broker.management");
        }
        assertThat(rabbit.pid()).isPresent();
    }
}
