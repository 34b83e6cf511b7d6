package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.sluice.testsupport.network.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExclusiveLockIT {
    private final String lock = TestBroker.uniqueName();

    @Test
    void belongsToOneConnectionOnly() throws Exception {
        try (Connection one = TestBroker.connections().open("one");
                Connection two = TestBroker.connections().open("two")) {
            assertThat(ExclusiveLock.tryTake(one, lock)).isTrue();
            assertThat(ExclusiveLock.tryTake(two, lock)).isFalse();
            assertThat(two.isOpen()).isTrue();
            assertThat(ExclusiveLock.tryTake(one, lock)).isTrue();
        }
    }

    @Test
    void isFreeAfterItsConnectionIsClosed() throws Exception {
        try (Connection two = TestBroker.connections().open("two")) {
            try (Connection one = TestBroker.connections().open("one")) {
                assertThat(ExclusiveLock.tryTake(one, lock)).isTrue();
            }
            assertThat(ExclusiveLock.tryTake(two, lock)).isTrue();
        }
    }

    @Test
    void isFreeAtOnceWhenItsConnectionIsReset() throws Exception {
        try (TcpProxy proxy = TestBroker.proxy();
                Connection two = TestBroker.connections().open("two")) {
            Connection one = TestBroker.connections(proxy).open("one");
            assertThat(ExclusiveLock.tryTake(one, lock)).isTrue();
            assertThat(ExclusiveLock.tryTake(two, lock)).isFalse();
            proxy.cut();
            await().atMost(Duration.ofSeconds(5)).until(() -> ExclusiveLock.tryTake(two, lock));
            await().until(() -> !one.isOpen());
        }
    }

    @Test
    void goesToExactlyOneOfManyWhoWait() throws Exception {
        Connection[] waiting = new Connection[5];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = TestBroker.connections().open("waiting-" + i);
        }
        int owners = 0;
        for (int round = 0; round < 3; round++) {
            for (Connection connection : waiting) {
                owners += ExclusiveLock.tryTake(connection, lock) ? 1 : 0;
            }
        }
        assertThat(owners).isEqualTo(3);
        for (Connection connection : waiting) {
            connection.close();
        }
    }
}
