/** Change messages: batches of JSON lines that are cut and passed on as bytes. */
@NullMarked
package dev.sluice.change.message;

import org.jspecify.annotations.NullMarked;
