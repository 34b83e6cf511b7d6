package dev.sluice.admin.datasource;

import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.binlog.protocol.PemKeys;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsCertificates;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Certificates as a caller gives them; they must be readable, valid today, and the key must be the certificate's.
 *
 * @param trusted PEM text
 * @param client PEM text
 * @param clientKey PEM text, not encrypted, never given back; left out keeps the one that is there
 */
record CertificatesInput(
        @Nullable String trusted,
        @Nullable String client,

        @Schema(accessMode = Schema.AccessMode.WRITE_ONLY, format = "password") @Nullable
        String clientKey) {
    private static final String IN = "certificates.";

    /** As the configuration holds them; null for none. */
    @Nullable
    TlsCertificates certificates(SecretCipher cipher, @Nullable TlsCertificates kept) {
        if (trusted != null) {
            readable(trusted, IN + "trusted");
        }
        String sealed = clientKey == null ? null : cipher.encrypt(clientKey);
        if (client != null) {
            X509Certificate certificate = readable(client, IN + "client")[0];
            if (sealed == null && kept != null) {
                sealed = kept.clientKey();
            }
            if (sealed != null) {
                checkKey(certificate, cipher.decrypt(sealed));
            }
        }
        TlsCertificates given = new TlsCertificates(trusted, client, sealed);
        return given.equals(TlsCertificates.NONE) ? null : given;
    }

    private static X509Certificate[] readable(String pem, String field) {
        try {
            X509Certificate[] found = PemKeys.certificates(pem);
            for (X509Certificate certificate : found) {
                certificate.checkValidity();
            }
            return found;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw refused(field, "is not valid today (" + e.getMessage() + "); give one that is");
        } catch (GeneralSecurityException e) {
            throw refused(field, "cannot be read as certificates (" + e.getMessage() + "); give them as PEM text");
        }
    }

    private static void checkKey(X509Certificate certificate, String pem) {
        PublicKey open = certificate.getPublicKey();
        try {
            PrivateKey key = PemKeys.privateKey(pem, open.getAlgorithm());
            Signature signature =
                    Signature.getInstance(open.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(certificate.getEncoded());
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(certificate.getEncoded());
            if (!signature.verify(signed)) {
                throw refused(IN + "clientKey", "is not the key of the certificate; give the one it was made with");
            }
        } catch (GeneralSecurityException e) {
            throw refused(
                    IN + "clientKey",
                    "cannot be used (" + e.getMessage() + "); give an RSA or EC key as PEM text, not encrypted");
        }
    }

    private static Refusal refused(String field, String fix) {
        return Refusal.invalid(List.of(new FieldError(field, fix)));
    }

    @Override
    public String toString() {
        return "CertificatesInput[***]";
    }
}
