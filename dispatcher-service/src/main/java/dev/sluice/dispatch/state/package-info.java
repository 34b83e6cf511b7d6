/** Remembers, in a stream, up to where a pipeline is dispatched. */
@NullMarked
package dev.sluice.dispatch.state;

import org.jspecify.annotations.NullMarked;
