/** Tests of this stage alone. */
@NullMarked
package dev.sluice.dispatch.mapping;

import org.jspecify.annotations.NullMarked;
