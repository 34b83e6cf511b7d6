/** First stage: becomes the one owner of a source log and finds where it ends. */
@NullMarked
package dev.sluice.capture.takeover;

import org.jspecify.annotations.NullMarked;
