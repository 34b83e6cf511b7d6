/** Tests of this stage alone. */
@NullMarked
package dev.sluice.dispatch.partition;

import org.jspecify.annotations.NullMarked;
