package dev.sluice.redissink.write;

import dev.sluice.redissink.failure.RedisFailure;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a watermark is kept in Redis: {@code epoch:seq}, each of 19 digits, so that text is as good as numbers. */
final class MarkText {
    private static final Pattern FORM = Pattern.compile("(\\d{19}):(\\d{19})");

    private MarkText() {}

    /** {@code sluice:watermark:<pipeline>:<partition>}. */
    static byte[] key(Partition partition) {
        return ("sluice:watermark:" + partition.pipeline() + ":" + partition.number())
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] encode(Watermark mark) {
        return "%019d:%019d".formatted(mark.epoch(), mark.seq()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads a value; an absent one is {@link Watermark#NONE}. */
    static Watermark decode(byte @Nullable [] value, Partition partition) {
        if (value == null) {
            return Watermark.NONE;
        }
        Matcher form = FORM.matcher(new String(value, StandardCharsets.ISO_8859_1));
        if (!form.matches()) {
            throw new RedisFailure(
                    RedisFailure.Kind.FATAL,
                    "Redis key " + new String(key(partition), StandardCharsets.US_ASCII)
                            + " holds no watermark; somebody overwrote it: delete it, and the pipeline sends again from"
                            + " the start of its source log");
        }
        return new Watermark(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
    }
}
