package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Says why there is no connection to a database server, from what led to the driver's failure. */
final class NetworkFailure {
    private NetworkFailure() {}

    static String explain(DataSource source, SQLException failure, String server) {
        String at = source.host() + ":" + source.port();
        Causes causes = Causes.of(failure);
        if (causes.has(UnknownHostException.class)) {
            return "host '" + source.host() + "' is unknown: check the host name";
        }
        if (causes.has(SSLException.class) || causes.has(CertificateException.class)) {
            return "TLS with " + at + " failed (" + causes.last() + "): check the server's certificate, or choose"
                    + " another tls than " + source.tls();
        }
        if (causes.has(ConnectException.class) || causes.has(NoRouteToHostException.class)) {
            return "nothing listens at " + at + ": check host and port, and that the server runs";
        }
        if (causes.has(SocketTimeoutException.class)) {
            return at + " did not answer within 5 s: check host, port and firewall, and that a " + server
                    + " server is there";
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("SSL") || message.contains("TLS")) {
            return at + " does not offer TLS as tls " + source.tls() + " needs it: set up TLS there, or set tls to"
                    + " PREFERRED";
        }
        if (causes.has(EOFException.class) || message.contains("Communications link failure")) {
            return at + " closed the connection or does not speak the protocol of " + server + ": check host and port";
        }
        return at + ": " + message;
    }
}
