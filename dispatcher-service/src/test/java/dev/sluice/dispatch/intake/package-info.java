/** Tests of this stage alone. */
@NullMarked
package dev.sluice.dispatch.intake;

import org.jspecify.annotations.NullMarked;
