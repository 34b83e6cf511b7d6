package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates the TLS of a data source goes by.
 *
 * @param trusted PEM text of the authorities that the server's certificate may come from; null for those of the Java
 *     installation
 * @param client PEM text of the certificate shown to the server and those that vouch for it, in that order; null for none
 * @param clientKey PEM text of its private key, encrypted by {@link SecretCipher}; null where there is no certificate
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TlsCertificates(
        @Nullable String trusted,
        @Nullable String client,
        @Nullable String clientKey) {
    public static final TlsCertificates NONE = new TlsCertificates(null, null, null);

    @Override
    public String toString() {
        return "TlsCertificates[***]";
    }
}
