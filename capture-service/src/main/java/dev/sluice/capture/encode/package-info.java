/** Fifth stage: turns row changes into the lines of a message. */
@NullMarked
package dev.sluice.capture.encode;

import org.jspecify.annotations.NullMarked;
