/** Tests of how a statement runs once. */
@NullMarked
package dev.sluice.apply.statement;

import org.jspecify.annotations.NullMarked;
