/** What a target's errors mean and what helps against them. */
@NullMarked
package dev.sluice.apply.failure;

import org.jspecify.annotations.NullMarked;
