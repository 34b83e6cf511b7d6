package dev.sluice.dispatch.partition;

import dev.sluice.change.message.MessageHeader;
import java.io.IOException;

/** Where full batches go. */
@FunctionalInterface
public interface Outlet {
    void send(int partition, MessageHeader header, byte[] body) throws IOException, InterruptedException;
}
