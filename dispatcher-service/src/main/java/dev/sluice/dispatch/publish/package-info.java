/** Owns a pipeline in the broker and publishes to its partition queues. */
@NullMarked
package dev.sluice.dispatch.publish;

import org.jspecify.annotations.NullMarked;
