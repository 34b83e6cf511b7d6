/** Tests. */
@NullMarked
package dev.sluice.apply.sql;

import org.jspecify.annotations.NullMarked;
