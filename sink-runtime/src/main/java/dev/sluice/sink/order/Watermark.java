package dev.sluice.sink.order;

/**
 * The last entry of a partition that is at the target.
 *
 * @param epoch of the partition's numbering; 0 before the first entry
 * @param seq number of the entry, dense from 1 in each epoch
 */
public record Watermark(long epoch, long seq) implements Comparable<Watermark> {
    /** Nothing is at the target yet. */
    public static final Watermark NONE = new Watermark(0, 0);

    @Override
    public int compareTo(Watermark other) {
        return epoch != other.epoch ? Long.compare(epoch, other.epoch) : Long.compare(seq, other.seq);
    }
}
