package dev.sluice.change.status;

/**
 * How far a pipeline has come in sending a stretch of its source log again.
 *
 * @param generation the wish that it follows
 * @param from first entry of the stretch
 * @param until last entry of the stretch
 * @param at last entry that was read; {@code until} when it is done
 * @param rows sent again since this instance took over
 */
public record ReplayStatus(long generation, long from, long until, long at, long rows) {
    public boolean done() {
        return at >= until;
    }
}
