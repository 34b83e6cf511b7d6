/** Tests of making tables that a target does not have. */
@NullMarked
package dev.sluice.apply.create;

import org.jspecify.annotations.NullMarked;
