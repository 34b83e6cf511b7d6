/** Transactions at the target: connections, the watermark, and the statements of a batch between the two. */
@NullMarked
package dev.sluice.apply.write;

import org.jspecify.annotations.NullMarked;
