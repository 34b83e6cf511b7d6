/** Many changes of one key become one: what a batch does to each row in the end. */
@NullMarked
package dev.sluice.apply.collapse;

import org.jspecify.annotations.NullMarked;
