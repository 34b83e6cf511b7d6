/** Tests of the dispatcher as a whole; what they share writes a source log and folds partition queues. */
@NullMarked
package dev.sluice.dispatch;

import org.jspecify.annotations.NullMarked;
