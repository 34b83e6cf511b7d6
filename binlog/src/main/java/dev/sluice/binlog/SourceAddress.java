package dev.sluice.binlog;

/** Where a source is and how to log in; its text form leaves the password out. */
public record SourceAddress(String host, int port, String user, String password, TlsOptions tls) {
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
