/** Beside the binlog: copies rows that are at the source already, chunk by chunk, into the source log. */
@NullMarked
package dev.sluice.capture.snapshot;

import org.jspecify.annotations.NullMarked;
