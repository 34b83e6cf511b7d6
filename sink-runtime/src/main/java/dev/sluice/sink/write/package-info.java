/** What a sink service implements: writing a batch and its watermark to a target, and how that can fail. */
@NullMarked
package dev.sluice.sink.write;

import org.jspecify.annotations.NullMarked;
