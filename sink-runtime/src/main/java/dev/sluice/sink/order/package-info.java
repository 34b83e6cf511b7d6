/** The rule that turns at-least-once delivery into each entry once: watermarks, duplicates and gaps. */
@NullMarked
package dev.sluice.sink.order;

import org.jspecify.annotations.NullMarked;
