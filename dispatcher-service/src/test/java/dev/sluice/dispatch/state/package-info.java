/** Tests of this stage alone. */
@NullMarked
package dev.sluice.dispatch.state;

import org.jspecify.annotations.NullMarked;
