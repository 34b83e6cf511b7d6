/** Tests of this stage alone. */
@NullMarked
package dev.sluice.dispatch.routing;

import org.jspecify.annotations.NullMarked;
