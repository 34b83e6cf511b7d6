package dev.sluice.change.config;

/**
 * The wish that the capture leaves its place and goes on at another one. It is fulfilled once: the source log names the
 * last generation that was.
 *
 * @param generation from 1, higher with each wish
 */
public record PositionReset(long generation, CaptureSettings.StartPosition position) {}
