package dev.sluice.testsupport.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free TCP ports of this machine, below the range from which outgoing connections take theirs, so that a server can come
 * back to its port after a kill. No port is given twice in one JVM.
 */
public final class FreePorts {
    private static final int LOWEST = 11_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    public static int one() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
    }

    /** Several different ports. */
    public static List<Integer> some(int count) {
        List<Integer> ports = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ports.add(one());
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket local = new ServerSocket();
                ServerSocket any = new ServerSocket()) {
            any.bind(new InetSocketAddress(port));
            any.close();
            local.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
