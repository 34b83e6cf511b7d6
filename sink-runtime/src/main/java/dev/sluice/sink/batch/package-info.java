/** Messages of a partition queue cut into batches of rows whose cells stay slices of the messages. */
@NullMarked
package dev.sluice.sink.batch;

import org.jspecify.annotations.NullMarked;
