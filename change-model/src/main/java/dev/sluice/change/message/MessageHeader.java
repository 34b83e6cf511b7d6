package dev.sluice.change.message;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The AMQP headers of a change message, enough to order and de-duplicate it without reading its body.
 *
 * @param epoch number of the claim under which it was published
 * @param seq number of its first entry (row or DDL line); for a claim, the last entry before it
 * @param entries how many entries it holds; they are numbered densely from {@code seq}
 * @param confirmed the publisher had confirms for every entry up to this one when it published this message
 * @param sourceSeq in a partition queue: number in the source log of the message's last entry; 0 in a source log
 * @param filter in a source log: the capture filter, as JSON, that decided what became an entry; null for none
 * @param reset in a source log: generation of the last jump to another place of the binlog; 0 if there was none
 * @param whole in a partition queue: ends of transactions are entries too, and what stands between two of them goes to
 *     the target as one
 * @param again in a partition queue: its entries were sent before and are sent again, up to the present
 * @param repeats in a source log: up to where in the binlog its entries, and those of messages that follow, are such as the
 *     log had before a jump; null if they are new
 */
public record MessageHeader(
        Kind kind,
        long epoch,
        long seq,
        int entries,
        long confirmed,
        long sourceSeq,
        @Nullable String filter,
        long reset,
        boolean whole,
        boolean again,
        @Nullable String repeats) {
    /** The header of a message in a source log. */
    public static MessageHeader ofLog(
            Kind kind,
            long epoch,
            long seq,
            int entries,
            long confirmed,
            @Nullable String filter,
            @Nullable String repeats,
            long reset) {
        return new MessageHeader(kind, epoch, seq, entries, confirmed, 0, filter, reset, false, false, repeats);
    }

    public MessageHeader(
            Kind kind,
            long epoch,
            long seq,
            int entries,
            long confirmed,
            long sourceSeq,
            @Nullable String filter,
            long reset,
            boolean whole,
            boolean again) {
        this(kind, epoch, seq, entries, confirmed, sourceSeq, filter, reset, whole, again, null);
    }

    public MessageHeader(
            Kind kind,
            long epoch,
            long seq,
            int entries,
            long confirmed,
            long sourceSeq,
            @Nullable String filter,
            long reset) {
        this(kind, epoch, seq, entries, confirmed, sourceSeq, filter, reset, false, false);
    }

    public MessageHeader(Kind kind, long epoch, long seq, int entries, long confirmed, long sourceSeq) {
        this(kind, epoch, seq, entries, confirmed, sourceSeq, null, 0);
    }

    /** What a message is; carried in the AMQP property {@code type}. */
    public enum Kind {
        /** Entries, or none and only a position. */
        ROWS("rows"),
        /** A new owner takes over: records of lower epochs that follow are void. */
        CLAIM("claim"),
        /** Marks the end of the log for somebody who reads it back; means nothing to others. */
        PROBE("probe");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** The value of the AMQP property {@code type}. */
        public String type() {
            return type;
        }

        static Kind of(String type) {
            for (Kind kind : values()) {
                if (kind.type.equals(type)) {
                    return kind;
                }
            }
            throw new MalformedMessage("unknown message type '" + type + "'");
        }
    }

    /** Number of the last entry, {@code seq - 1} where there is none. */
    public long lastSeq() {
        return seq + entries - 1;
    }

    /** The AMQP header table. */
    public Map<String, Object> toHeaders() {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("epoch", epoch);
        headers.put("seq", seq);
        headers.put("entries", entries);
        headers.put("confirmed", confirmed);
        if (sourceSeq != 0) {
            headers.put("sourceSeq", sourceSeq);
        }
        if (filter != null) {
            headers.put("filter", filter);
        }
        if (reset != 0) {
            headers.put("reset", reset);
        }
        if (whole) {
            headers.put("whole", true);
        }
        if (again) {
            headers.put("again", true);
        }
        if (repeats != null) {
            headers.put("repeats", repeats);
        }
        return headers;
    }

    /**
     * Reads the header of a received message.
     *
     * @throws MalformedMessage if one is missing or of another type
     */
    public static MessageHeader of(@Nullable String type, Map<String, ?> headers) {
        Kind kind = Kind.of(String.valueOf(type));
        if (kind == Kind.PROBE) {
            // whoever probes a stream knows nothing of what it holds
            return new MessageHeader(kind, 0, 0, 0, 0, 0);
        }
        return new MessageHeader(
                kind,
                number(headers, "epoch"),
                number(headers, "seq"),
                (int) number(headers, "entries"),
                number(headers, "confirmed"),
                headers.containsKey("sourceSeq") ? number(headers, "sourceSeq") : 0,
                headers.containsKey("filter") ? String.valueOf(headers.get("filter")) : null,
                headers.containsKey("reset") ? number(headers, "reset") : 0,
                Boolean.TRUE.equals(headers.get("whole")),
                Boolean.TRUE.equals(headers.get("again")),
                headers.containsKey("repeats") ? String.valueOf(headers.get("repeats")) : null);
    }

    private static long number(Map<String, ?> headers, String name) {
        if (headers.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new MalformedMessage("message without header '" + name + "'");
    }
}
