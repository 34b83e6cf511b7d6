package dev.sluice.redissink.write;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Finds out whether a Redis port speaks TLS, without telling it anything. */
final class PlainProbe {
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private PlainProbe() {}

    /** True if the port answers an unencrypted PING, be it with an error; true as well if it cannot be reached. */
    static boolean speaksPlain(String host, int port, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        try (Socket socket = new Socket()) {
            try {
                socket.connect(new InetSocketAddress(host, port), millis);
            } catch (IOException unreachable) {
                // the connection that follows fails likewise and tells why
                return true;
            }
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(PING);
            int first = socket.getInputStream().read();
            return first == '+' || first == '-';
        } catch (IOException closedByTlsPort) {
            return false;
        }
    }
}
