package dev.sluice.change.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the certificates of a data source must be; that they have not expired is asked only when they are saved. */
final class TlsRules {
    private final List<ConfigurationProblem> problems;

    TlsRules(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    void check(DataSource source, String in) {
        TlsCertificates certificates = source.certificates();
        if (certificates == null) {
            return;
        }
        String at = in + ".certificates";
        if (source.kind() == DataSource.Kind.REDIS) {
            add(at, "are not used with REDIS; leave them out");
        }
        TlsMode tls = source.tls();
        if (source.kind() == DataSource.Kind.ORACLE && tls != null && tls.compareTo(TlsMode.VERIFY_CA) < 0) {
            add(at, "are not looked at by ORACLE with tls " + tls + "; choose VERIFY_CA or VERIFY_IDENTITY");
        }
        if (certificates.trusted() != null && tls != null && tls.compareTo(TlsMode.VERIFY_CA) < 0) {
            add(at + ".trusted", "are not looked at with tls " + tls + "; choose VERIFY_CA or VERIFY_IDENTITY");
        }
        if (certificates.client() != null && (tls == TlsMode.DISABLED || tls == TlsMode.PREFERRED)) {
            add(at + ".client", "needs TLS, which tls " + tls + " does not demand; choose REQUIRED or more");
        }
        checkText(certificates.trusted(), at + ".trusted");
        checkText(certificates.client(), at + ".client");
        if (certificates.client() != null && certificates.clientKey() == null) {
            add(at + ".clientKey", "is missing; give the certificate's private key as PEM text");
        } else if (certificates.client() == null && certificates.clientKey() != null) {
            add(at + ".client", "is missing; give the certificate of the private key as PEM text");
        } else if (certificates.clientKey() != null && !SecretCipher.isEncrypted(certificates.clientKey())) {
            add(at + ".clientKey", "is not encrypted; save it through the admin service");
        }
    }

    private void checkText(@Nullable String pem, String at) {
        if (pem == null) {
            return;
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            if (factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .isEmpty()) {
                add(at, "holds no certificate; give PEM text that begins with -----BEGIN CERTIFICATE-----");
            }
        } catch (CertificateException e) {
            add(at, "cannot be read as certificates (" + e.getMessage() + "); give them as PEM text");
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
