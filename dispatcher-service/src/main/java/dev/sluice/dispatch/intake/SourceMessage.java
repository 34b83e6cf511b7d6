package dev.sluice.dispatch.intake;

/**
 * A message of the source log whose turn it is.
 *
 * @param offset its place in the stream
 * @param epoch of the capture that published it
 * @param seq number of its first entry
 * @param first number of the first entry to take; those before it are dispatched already
 * @param last number of its last entry
 * @param repeats whether the capture had logged its entries before, and went back
 */
public record SourceMessage(long offset, long epoch, long seq, long first, long last, boolean repeats, byte[] body) {}
