/** The names of everything that lives in the broker; the only place that knows them. */
@NullMarked
package dev.sluice.change.broker;

import org.jspecify.annotations.NullMarked;
