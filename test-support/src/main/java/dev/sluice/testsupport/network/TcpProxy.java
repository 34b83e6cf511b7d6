package dev.sluice.testsupport.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a server that can be cut, as when a process is killed or a cable pulled, held, as when the server is stuck, or
 * long, as when the server is far away. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int BUFFER_BYTES = 65_536;

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Object gate = new Object();
    private boolean answersHeld;
    private volatile boolean refusing;
    private volatile Duration delay = Duration.ZERO;

    public TcpProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept, "proxy-accept");
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections have been made. */
    public int accepted() {
        return accepted.get();
    }

    /** Resets every connection; new ones are let through. */
    public void cut() {
        for (Socket socket : open) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException ignored) {
                // closed already
            }
            close(socket);
        }
        open.clear();
    }

    /** Resets every connection and lets no new one through until {@link #restore()}. */
    public void refuse() {
        refusing = true;
        cut();
    }

    /** Lets connections through again. */
    public void restore() {
        refusing = false;
    }

    /** Keeps back what the server says, or lets it go on. */
    public void holdAnswers(boolean hold) {
        synchronized (gate) {
            answersHeld = hold;
            gate.notifyAll();
        }
    }

    /** From now on each answer takes so much longer. */
    public void delayAnswers(Duration time) {
        delay = time;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                if (refusing) {
                    close(client);
                    continue;
                }
                Socket server = new Socket();
                open.add(client);
                open.add(server);
                server.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
                daemon(() -> pump(client, server, false), "proxy-up");
                daemon(() -> pump(server, client, true), "proxy-down");
            } catch (IOException ignored) {
                // closed, or the server is away: the client sees its connection fail
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (answers) {
                    Thread.sleep(delay.toMillis());
                    waitAtGate();
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException | InterruptedException ignored) {
            // one side is gone: so is the other, now
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void waitAtGate() throws InterruptedException {
        synchronized (gate) {
            while (answersHeld) {
                gate.wait();
            }
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // closed already
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        holdAnswers(false);
        cut();
    }
}
