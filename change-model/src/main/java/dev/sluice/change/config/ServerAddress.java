package dev.sluice.change.config;

/** Where a further server of a source is; account and TLS are the data source's. */
public record ServerAddress(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
