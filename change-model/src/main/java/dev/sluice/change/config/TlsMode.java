package dev.sluice.change.config;

/** How a connection is secured; the names are MySQL's (Connector/J {@code sslMode}). */
public enum TlsMode {
    DISABLED,
    PREFERRED,
    REQUIRED,
    VERIFY_CA,
    VERIFY_IDENTITY
}
