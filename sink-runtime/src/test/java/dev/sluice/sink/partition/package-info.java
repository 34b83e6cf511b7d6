/** Tests. */
@NullMarked
package dev.sluice.sink.partition;

import org.jspecify.annotations.NullMarked;
