/** Reads the source log from a pipeline's own place and takes each entry once, in order. */
@NullMarked
package dev.sluice.dispatch.intake;

import org.jspecify.annotations.NullMarked;
