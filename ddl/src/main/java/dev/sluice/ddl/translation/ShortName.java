package dev.sluice.ddl.translation;

import java.nio.charset.StandardCharsets;

/** Names that a server takes, whose length counts in bytes. */
final class ShortName {
    private ShortName() {}

    /** The name, or its beginning with a hash of all of it. */
    static String of(String name, int longest) {
        String found = name;
        if (bytes(name) > longest) {
            String hash = "_" + Integer.toHexString(name.hashCode());
            int end = found.length();
            while (bytes(found + hash) > longest) {
                end = found.offsetByCodePoints(end, -1);
                found = found.substring(0, end);
            }
            found += hash;
        }
        return found;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
