/** Decides which tables and transactions a pipeline takes. */
@NullMarked
package dev.sluice.dispatch.routing;

import org.jspecify.annotations.NullMarked;
