package dev.sluice.dispatch.intake;

import dev.sluice.change.message.MessageHeader;

/**
 * The rule by which a source log is read: which entries of a message count, whatever captures published it and whatever
 * they published twice. Entries are contiguous; a message behind a gap is void until a claim says where the log goes on.
 * Not thread-safe.
 */
final class LogOrder {
    private static final long IGNORED = -1;

    private long epoch;
    private long next;
    private long wanted;
    private boolean gap;
    private long lastCopied;

    private LogOrder(long epoch, long next, long wanted) {
        this.epoch = epoch;
        this.next = next;
        this.wanted = wanted;
    }

    /**
     * An order for a log that is read from the first record it still has.
     *
     * @param wanted number of the first entry that is still to be dispatched; 0 for whatever comes first
     */
    static LogOrder fromFirst(long wanted) {
        return new LogOrder(0, 0, wanted);
    }

    /** An order for a log that is read from a record of which the epoch and the next entry are known. */
    static LogOrder at(long epoch, long next) {
        return new LogOrder(epoch, next, next);
    }

    /**
     * Takes a claim into account.
     *
     * @throws PlaceLost if the log begins behind the wanted entry
     * @throws PlaceLost also if entries that were taken are gone and cannot come again with the same numbers
     * @throws HoleInLog if the log lacks entries before the claim
     */
    void claim(MessageHeader claim) {
        long after = claim.seq();
        if (next == 0) {
            begin(after + 1);
        }
        if (claim.epoch() <= epoch) {
            return;
        }
        epoch = claim.epoch();
        gap = false;
        if (after > next - 1) {
            throw new HoleInLog(next, after);
        }
        if (lastCopied > after) {
            throw new PlaceLost("the broker has lost the end of the source log, from entry " + (after + 1)
                    + " on, and with it rows that a snapshot had copied, up to entry " + lastCopied
                    + ", which were dispatched already: what follows is numbered differently. Give the pipeline a new"
                    + " name and snapshot its tables anew");
        }
    }

    /** An entry is a row that a snapshot copied: no capture can write the same one again. */
    void copied(long entry) {
        lastCopied = Math.max(lastCopied, entry);
    }

    /**
     * Takes a message of entries into account.
     *
     * @return number of its first entry that counts; behind its last entry if it is in order but holds nothing new;
     *     negative if it is void
     */
    long rows(MessageHeader header) {
        if (header.epoch() < epoch) {
            return IGNORED;
        }
        epoch = header.epoch();
        if (next == 0) {
            begin(header.seq());
        }
        if (header.seq() > next) {
            gap = true;
            return IGNORED;
        }
        gap = false;
        long first = Math.max(next, wanted);
        next = Math.max(next, header.lastSeq() + 1);
        return Math.min(first, header.lastSeq() + 1);
    }

    /** Whether the last message was void because entries before it are missing. */
    boolean gap() {
        return gap;
    }

    /** Number of the next entry of the log. */
    long next() {
        return next;
    }

    /** Number of the first entry that is still to be dispatched. */
    long wanted() {
        return Math.max(next, wanted);
    }

    private void begin(long first) {
        if (wanted > 0 && first > wanted) {
            throw new PlaceLost(wanted, first);
        }
        next = first;
        wanted = Math.max(wanted, first);
    }
}
