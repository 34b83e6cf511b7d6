package dev.sluice.dispatch.intake;

/** The place of a pipeline is no longer in the source log; a person must choose how to go on. */
public final class PlaceLost extends RuntimeException {
    private static final String CHOICES =
            "; choose: capture that stretch again from the binlog (set the source's start position before it), or give"
                    + " the pipeline a new name and snapshot its tables anew";

    PlaceLost(long wanted, long first) {
        this("entry " + wanted + " is no longer in the source log, which now begins at entry " + first
                + ": its retention (logMaxBytes, logMaxAge of the source) was too small for how long this pipeline"
                + " was away");
    }

    /** A place that is lost for another reason. */
    public PlaceLost(String why) {
        super(why + CHOICES);
    }
}
