/** Second stage: opens the binlog at the end of the source log and passes over what the log has already. */
@NullMarked
package dev.sluice.capture.reading;

import org.jspecify.annotations.NullMarked;
