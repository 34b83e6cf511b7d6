/** Decides what becomes of statements that change tables, and writes them for the target's names. */
@NullMarked
package dev.sluice.dispatch.ddl;

import org.jspecify.annotations.NullMarked;
