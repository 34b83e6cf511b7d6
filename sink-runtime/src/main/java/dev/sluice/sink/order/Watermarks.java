package dev.sluice.sink.order;

import dev.sluice.change.message.MessageHeader;

/** The sink's rule: rows up to the watermark are dropped, the next are applied, a gap is never jumped over. */
public final class Watermarks {
    private static final Verdict DUPLICATE = new Verdict.Duplicate();
    private static final Verdict GAP = new Verdict.Gap();

    private Watermarks() {}

    /** Judges a message against the watermark that precedes it. */
    public static Verdict judge(Watermark watermark, MessageHeader header) {
        if (header.epoch() < watermark.epoch()) {
            return DUPLICATE;
        }
        if (header.epoch() > watermark.epoch()) {
            return header.seq() == 1 ? new Verdict.Apply(0, last(header)) : GAP;
        }
        if (header.lastSeq() <= watermark.seq()) {
            return DUPLICATE;
        }
        if (header.seq() > watermark.seq() + 1) {
            return GAP;
        }
        return new Verdict.Apply((int) (watermark.seq() + 1 - header.seq()), last(header));
    }

    private static Watermark last(MessageHeader header) {
        return new Watermark(header.epoch(), header.lastSeq());
    }
}
