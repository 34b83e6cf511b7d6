package dev.sluice.dispatch.routing;

import dev.sluice.change.message.Lines;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps rows that were copied for other pipelines away from this one. A transaction line that is not for everybody says
 * so in its first member, so that one look is enough for all others.
 */
public final class AddressRule {
    private static final byte[] ADDRESSED = "{\"tx\":{\"to\":".getBytes(StandardCharsets.US_ASCII);

    private final String pipeline;

    public AddressRule(String pipeline) {
        this.pipeline = pipeline;
    }

    /** Whether the transaction whose line is at {@code [from, to)} is not for everybody. */
    public boolean applies(byte[] body, int from, int to) {
        return to - from >= ADDRESSED.length
                && Arrays.equals(ADDRESSED, 0, ADDRESSED.length, body, from, from + ADDRESSED.length);
    }

    /** Whether the rows of the transaction whose line is at {@code [from, to)} are for other pipelines. */
    public boolean drops(byte[] body, int from, int to) {
        if (!applies(body, from, to)) {
            return false;
        }
        List<String> pipelines = Lines.transaction(body, from, to).to();
        return pipelines != null && !pipelines.contains(pipeline);
    }
}
