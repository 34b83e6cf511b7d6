package dev.sluice.admin.background;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.broker.Backoff;
import dev.sluice.broker.BrokerConnections;
import dev.sluice.broker.PublishFailed;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * A thread whose work has a broker connection of its own. When it is lost or the work fails, both begin anew after growing
 * pauses; the first failure of a row of them is logged. Thread-safe.
 */
public final class BrokerThread {
    private static final Logger log = LoggerFactory.getLogger(BrokerThread.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String name;
    private final BrokerConnections connections;
    private final Work work;
    private final BackgroundThread thread;
    private volatile @Nullable String problem = "not connected yet";

    /** What is done with a connection. */
    public interface Work {
        /**
         * Returns when the connection is lost or the thread is stopped.
         *
         * @param works to be called once it does, or again and again
         */
        void run(Connection connection, Runnable works) throws IOException, InterruptedException;
    }

    /**
     * A thread that is not started yet.
     *
     * @param name of the thread and of its connection
     */
    public BrokerThread(String name, BrokerConnections connections, Work work) {
        this.name = name;
        this.connections = connections;
        this.work = work;
        thread = new BackgroundThread(name, this::run);
    }

    public void start() {
        thread.start();
    }

    public void stop() {
        thread.stop();
    }

    public boolean isRunning() {
        return thread.isRunning();
    }

    /** Why it does not work now; null if it does. */
    public @Nullable String problem() {
        return problem;
    }

    private void run() {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        while (isRunning()) {
            try (Connection connection = connections.open(name)) {
                work.run(connection, () -> {
                    problem = null;
                    backoff.succeeded();
                });
                problem = "connection lost";
            } catch (IOException | PublishFailed | ShutdownSignalException | DataAccessException e) {
                problem = e.getMessage();
            } catch (InterruptedException e) {
                return;
            }
            Duration pause = backoff.next();
            if (!isRunning()) {
                return;
            }
            if (backoff.tries() == 1) {
                log.warn("{}: {}; trying until it works", name, problem);
            }
            if (!BackgroundThread.sleep(pause)) {
                return;
            }
        }
    }
}
