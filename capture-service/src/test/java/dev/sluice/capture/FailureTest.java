package dev.sluice.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.binlog.BinlogFormatException;
import dev.sluice.broker.PublishFailed;
import dev.sluice.change.config.InvalidConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void aMessageThatIsTooLargeNamesTheSettingAndTheFix() {
        Failure failure = Failure.of(new PublishFailed(
                "channel closed: channel error; reply-text=PRECONDITION_FAILED - message size 20000300 is larger than"
                        + " configured max size 16777216, class-id=60"));
        assertThat(failure.fatal()).isTrue();
        assertThat(failure.message()).contains("20000300", "max_message_size", "16777216", "rabbitmq.conf");
    }

    @Test
    void lostConnectionsAreTriedAgain() {
        assertThat(Failure.of(new IOException("reset")).fatal()).isFalse();
        assertThat(Failure.of(new PublishFailed("channel closed")).fatal()).isFalse();
        assertThat(Failure.of(new UncheckedIOException(new IOException("reset"))))
                .isEqualTo(new Failure(false, false, "reset"));
    }

    @Test
    void whatAPersonMustMendIsFatal() {
        assertThat(Failure.of(new BinlogFormatException("event 99")).fatal()).isTrue();
        assertThat(Failure.of(new InvalidConfiguration("f", "fix")).fatal()).isTrue();
    }

    @Test
    void aFaultOfOursIsToldApart() {
        Failure failure = Failure.of(new IllegalStateException("bug"));
        assertThat(failure.unexpected()).isTrue();
        assertThat(failure.fatal()).isFalse();
    }
}
