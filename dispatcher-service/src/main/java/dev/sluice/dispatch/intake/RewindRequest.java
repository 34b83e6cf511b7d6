package dev.sluice.dispatch.intake;

/**
 * A sink asks that everything after a watermark be sent again.
 *
 * @param seq the watermark of the partition: the last entry the target has
 */
public record RewindRequest(int partition, long epoch, long seq) {}
