package dev.sluice.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Opens connections to the broker. They do not recover by themselves: whoever owns one reopens it and finds its place
 * again, for what was unconfirmed must be looked at, not resent blindly. Thread-safe.
 */
public final class BrokerConnections {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int HEARTBEAT_SECONDS = 5;
    /** A source row of 500 MB travels in one message if the broker allows it. */
    private static final int MAX_INBOUND_BYTES = 600_000_000;

    private final ConnectionFactory factory = new ConnectionFactory();
    private final String address;

    /**
     * Connections to one broker.
     *
     * @param uri {@code amqp://user:password@host:port/vhost}, {@code amqps} for TLS with the JVM's trust store
     * @throws IllegalArgumentException if it is not such a URI; the message does not repeat its password
     */
    public BrokerConnections(String uri) {
        try {
            if (!uri.startsWith("amqp:") && !uri.startsWith("amqps:")) {
                throw new IllegalArgumentException("not an AMQP URI");
            }
            factory.setUri(uri);
            if (uri.startsWith("amqps:")) {
                // the client's own default for amqps trusts every certificate
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "SLUICE_BROKER_URI must look like amqp://user:password@host:5672/vhost (amqps for TLS)");
        }
        address = factory.getHost() + ":" + factory.getPort();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setMaxInboundMessageBodySize(MAX_INBOUND_BYTES);
        factory.setRequestedChannelMax(2047);
    }

    /** Host and port, without credentials. */
    public String address() {
        return address;
    }

    /**
     * Opens a connection.
     *
     * @param name shown in the broker's management UI
     * @throws IOException if the broker cannot be reached or refuses; the message says which
     */
    public Connection open(String name) throws IOException {
        try {
            return factory.newConnection(name);
        } catch (TimeoutException e) {
            throw new IOException("broker " + address + " did not answer in time", e);
        } catch (com.rabbitmq.client.PossibleAuthenticationFailureException e) {
            throw new IOException("broker " + address + " refused the user name or password of SLUICE_BROKER_URI", e);
        } catch (IOException e) {
            throw new IOException("cannot connect to broker " + address + ": " + rootMessage(e), e);
        }
    }

    static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
