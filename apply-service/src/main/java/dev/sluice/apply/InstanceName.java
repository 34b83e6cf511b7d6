package dev.sluice.apply;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The name under which one start of this process is known. */
final class InstanceName {
    private InstanceName() {}

    /** The given name, or the host's, and four digits that differ from start to start. */
    static String of(String given) {
        String start =
                HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt(1 << 16));
        return (given.isBlank() ? "apply-" + host() : given) + "-" + start;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
