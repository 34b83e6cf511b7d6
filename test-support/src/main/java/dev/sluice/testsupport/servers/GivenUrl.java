package dev.sluice.testsupport.servers;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A server given by the environment variable {@code SLUICE_<NAME>_URL} or the system property {@code sluice.it.<name>}, as
 * {@code scheme://user:password@host:port/path}.
 */
record GivenUrl(String setting, URI uri) {
    static Optional<GivenUrl> of(String name) {
        String property = "sluice.it." + name;
        String variable = "SLUICE_" + name.toUpperCase(Locale.ROOT).replace('.', '_') + "_URL";
        String value = System.getProperty(property);
        String setting = property;
        if (value == null) {
            value = System.getenv(variable);
            setting = variable;
        }
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        URI uri = URI.create(value.startsWith("jdbc:") ? value.substring("jdbc:".length()) : value);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(setting + " is not of the form scheme://user:password@host:port");
        }
        return Optional.of(new GivenUrl(setting, uri));
    }

    String host() {
        return uri.getHost();
    }

    int port(int usual) {
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    String user() {
        return part(0);
    }

    String password() {
        return part(1);
    }

    private String part(int index) {
        String info = uri.getRawUserInfo();
        String[] parts = info == null ? new String[0] : info.split(":", 2);
        return index < parts.length ? URLDecoder.decode(parts[index].replace("+", "%2B"), StandardCharsets.UTF_8) : "";
    }
}
