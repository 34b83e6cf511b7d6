package dev.sluice.binlog;

import org.jspecify.annotations.Nullable;

/**
 * How to encrypt the connection to a source; the modes are those of the MySQL client option --ssl-mode.
 *
 * @param trustedCertificates PEM text of the authorities to trust when certificates are verified; null trusts those of
 *     the Java installation
 * @param client shown to a server that asks for it; null if there is none
 */
public record TlsOptions(
        Mode mode,
        @Nullable String trustedCertificates,
        @Nullable ClientCertificate client) {
    public TlsOptions(Mode mode, @Nullable String trustedCertificates) {
        this(mode, trustedCertificates, null);
    }

    /** What is asked of the channel. */
    public enum Mode {
        DISABLED,
        /** Encrypted if the server offers it. */
        PREFERRED,
        /** Encrypted, but the certificate is not verified. */
        REQUIRED,
        /** Encrypted, and the certificate comes from a trusted authority. */
        VERIFY_CA,
        /** As VERIFY_CA, and the certificate names the host. */
        VERIFY_IDENTITY
    }

    public static TlsOptions disabled() {
        return new TlsOptions(Mode.DISABLED, null);
    }

    public static TlsOptions preferred() {
        return new TlsOptions(Mode.PREFERRED, null);
    }

    public static TlsOptions required() {
        return new TlsOptions(Mode.REQUIRED, null);
    }
}
