/** Reads a source log for each pipeline, filters, maps and partitions its rows. */
@NullMarked
package dev.sluice.dispatch;

import org.jspecify.annotations.NullMarked;
