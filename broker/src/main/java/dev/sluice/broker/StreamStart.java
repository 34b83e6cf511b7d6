package dev.sluice.broker;

import java.util.Map;

/** Where reading of a stream begins (<a href="https://www.rabbitmq.com/docs/streams#consuming">x-stream-offset</a>). */
public record StreamStart(Object spec) {
    public static final StreamStart FIRST = new StreamStart("first");
    /** The first message of the last chunk: up to some hundred messages before the end. */
    public static final StreamStart LAST_CHUNK = new StreamStart("last");

    public static final StreamStart NEXT = new StreamStart("next");

    /** An offset; one below the first that is left means the first. */
    public static StreamStart at(long offset) {
        return new StreamStart(Math.max(0, offset));
    }

    Map<String, Object> arguments() {
        return Map.of("x-stream-offset", spec);
    }
}
