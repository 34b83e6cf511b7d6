/** Refreshes Redis from the rows of partition queues. */
@NullMarked
package dev.sluice.redissink;

import org.jspecify.annotations.NullMarked;
