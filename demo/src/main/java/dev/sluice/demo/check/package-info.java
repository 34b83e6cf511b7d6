/** Comparisons that say whether a row was lost, repeated or came out of order. */
@NullMarked
package dev.sluice.demo.check;

import org.jspecify.annotations.NullMarked;
