package dev.sluice.testsupport.servers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a broker is and how to log in.
 *
 * @param virtualHost empty for the default one
 */
record BrokerAddress(String host, int port, int managementPort, String user, String password, String virtualHost) {
    static BrokerAddress given(GivenUrl url, Optional<GivenUrl> management) {
        String path = url.uri().getPath();
        return new BrokerAddress(
                url.host(),
                url.port(5672),
                management.map(m -> m.port(15672)).orElse(15672),
                url.user(),
                url.password(),
                path == null || path.length() < 2 ? "" : path.substring(1));
    }

    String amqpUri() {
        String path = virtualHost.isEmpty() ? "" : "/" + URLEncoder.encode(virtualHost, StandardCharsets.UTF_8);
        return "amqp://" + user + ":" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@" + host + ":" + port
                + path;
    }
}
