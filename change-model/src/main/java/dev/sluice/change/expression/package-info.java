/** Columns that are computed from others, in SQL: parsed once, bound to a table once, then made from the cells' bytes. */
@NullMarked
package dev.sluice.change.expression;

import org.jspecify.annotations.NullMarked;
