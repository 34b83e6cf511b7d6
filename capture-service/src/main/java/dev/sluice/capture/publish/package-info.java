/** Sixth stage: appends messages to the source log, confirmed and in order. */
@NullMarked
package dev.sluice.capture.publish;

import org.jspecify.annotations.NullMarked;
