/** Puts each entry into the batch of its partition and numbers it there. */
@NullMarked
package dev.sluice.dispatch.partition;

import org.jspecify.annotations.NullMarked;
