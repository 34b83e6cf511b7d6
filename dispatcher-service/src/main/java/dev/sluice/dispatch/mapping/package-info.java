/** Rewrites table lines for the target and splits changes of a primary key. */
@NullMarked
package dev.sluice.dispatch.mapping;

import org.jspecify.annotations.NullMarked;
