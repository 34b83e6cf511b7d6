/** Tests. */
@NullMarked
package dev.sluice.sink.intake;

import org.jspecify.annotations.NullMarked;
