package dev.sluice.binlog;

/**
 * With what a server that demands it is shown who connects.
 *
 * @param certificates PEM text of the certificate and those that vouch for it, in that order
 * @param privateKey PEM text of its RSA or EC key, not encrypted; PKCS #8, or PKCS #1 as MySQL makes it
 */
public record ClientCertificate(String certificates, String privateKey) {
    @Override
    public String toString() {
        return "ClientCertificate[***]";
    }
}
