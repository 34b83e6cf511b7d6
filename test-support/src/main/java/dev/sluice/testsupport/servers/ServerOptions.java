package dev.sluice.testsupport.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * What may be chosen for any server.
 *
 * @param directory where it keeps its data and credentials for the next start; empty: in a temporary one, deleted at the end
 * @param port 0: a free one
 * @param settings added to ours and stronger than ours: mysqld options, lines of rabbitmq.conf or redis.conf, or
 *     PostgreSQL's {@code name=value}
 * @param says gets one line for each download and start
 */
public record ServerOptions(Optional<Path> directory, int port, List<String> settings, Consumer<String> says) {
    public static ServerOptions defaults() {
        return new ServerOptions(
                Optional.empty(), 0, List.of(), LoggerFactory.getLogger("dev.sluice.testsupport.servers")::info);
    }

    public ServerOptions in(Path directory) {
        return new ServerOptions(Optional.of(directory.toAbsolutePath()), port, settings, says);
    }

    public ServerOptions on(int port) {
        return new ServerOptions(directory, port, settings, says);
    }

    public ServerOptions with(String... more) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        return new ServerOptions(directory, port, List.copyOf(all), says);
    }

    public ServerOptions saying(Consumer<String> says) {
        return new ServerOptions(directory, port, settings, says);
    }
}
