/** Consumes partition queues in order: ownership, de-duplication, retry. */
@NullMarked
package dev.sluice.sink;

import org.jspecify.annotations.NullMarked;
