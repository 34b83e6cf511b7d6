/** Conditions on rows, in SQL: parsed once, bound to a table once, then answered from the cells' bytes. */
@NullMarked
package dev.sluice.change.condition;

import org.jspecify.annotations.NullMarked;
