package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GivenUrlTest {
    private static final String NAME = "given-url-test";

    @AfterEach
    void forget() {
        System.clearProperty("sluice.it." + NAME);
    }

    private static GivenUrl given(String url) {
        System.setProperty("sluice.it." + NAME, url);
        return GivenUrl.of(NAME).orElseThrow();
    }

    @Test
    void readsHostPortAndCredentials() {
        GivenUrl url = given("jdbc:mysql://root:p%40ss+word@db.example:3307/");
        assertThat(url.host()).isEqualTo("db.example");
        assertThat(url.port(3306)).isEqualTo(3307);
        assertThat(url.user()).isEqualTo("root");
        assertThat(url.password()).isEqualTo("p@ss+word");
    }

    @Test
    void keepsTheVirtualHostOfABroker() {
        BrokerAddress address = BrokerAddress.given(given("amqp://u:p@broker/shop"), java.util.Optional.empty());
        assertThat(address.amqpUri()).isEqualTo("amqp://u:p@broker:5672/shop");
    }

    @Test
    void isEmptyWithoutASetting() {
        assertThat(GivenUrl.of(NAME)).isEmpty();
    }

    @Test
    void refusesWhatIsNoUrl() {
        System.setProperty("sluice.it." + NAME, "localhost:3306");
        assertThatThrownBy(() -> GivenUrl.of(NAME)).hasMessageContaining("scheme://user:password@host:port");
    }

    @Test
    void aGivenServerIsNotOursToKill() {
        assertThatThrownBy(() -> new External("SLUICE_MYSQL_URL").kill9())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("SLUICE_MYSQL_URL");
    }
}
