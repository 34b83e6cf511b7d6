/** Tests of computed columns. */
@NullMarked
package dev.sluice.change.expression;

import org.jspecify.annotations.NullMarked;
