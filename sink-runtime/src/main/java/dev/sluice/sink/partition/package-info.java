/** One partition from its queue to its target: order, retry in place and suspension. */
@NullMarked
package dev.sluice.sink.partition;

import org.jspecify.annotations.NullMarked;
