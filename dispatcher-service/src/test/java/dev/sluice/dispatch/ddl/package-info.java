/** Tests of what becomes of statements. */
@NullMarked
package dev.sluice.dispatch.ddl;

import org.jspecify.annotations.NullMarked;
