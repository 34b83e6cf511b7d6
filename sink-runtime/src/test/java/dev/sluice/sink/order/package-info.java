/** Tests. */
@NullMarked
package dev.sluice.sink.order;

import org.jspecify.annotations.NullMarked;
