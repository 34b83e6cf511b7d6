package dev.sluice.binlog.protocol;

import dev.sluice.binlog.ClientCertificate;
import dev.sluice.binlog.TlsOptions;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Puts TLS on top of a connected socket as the options ask. */
final class TlsUpgrade {
    private TlsUpgrade() {}

    static SSLSocket over(Socket plain, String host, TlsOptions options) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            ClientCertificate client = options.client();
            context.init(client == null ? null : PemKeys.keys(client), trust(options), null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
            if (options.mode() == TlsOptions.Mode.VERIFY_IDENTITY) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return socket;
        } catch (SSLException e) {
            throw new IOException(
                    "no TLS connection to " + host + " in mode " + options.mode() + ": " + e.getMessage()
                            + "; check the source's certificate, the trusted certificates and the TLS mode",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates or the key are not usable: " + e.getMessage(), e);
        }
    }

    private static TrustManager @Nullable [] trust(TlsOptions options) throws GeneralSecurityException, IOException {
        if (options.mode() == TlsOptions.Mode.PREFERRED || options.mode() == TlsOptions.Mode.REQUIRED) {
            return new TrustManager[] {new TrustAnyone()};
        }
        String pem = options.trustedCertificates();
        if (pem == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : PemKeys.certificates(pem)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** For the modes that encrypt without verifying. */
    private static final class TrustAnyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
