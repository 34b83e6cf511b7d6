/** Tests. */
@NullMarked
package dev.sluice.sink.batch;

import org.jspecify.annotations.NullMarked;
