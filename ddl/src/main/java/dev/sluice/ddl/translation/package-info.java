/** Writes the definitions of tables for the databases that changes are applied to. */
@NullMarked
package dev.sluice.ddl.translation;

import org.jspecify.annotations.NullMarked;
