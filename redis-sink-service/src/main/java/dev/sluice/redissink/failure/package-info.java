/** Which errors go away by waiting, which concern one row, and which need a person. */
@NullMarked
package dev.sluice.redissink.failure;

import org.jspecify.annotations.NullMarked;
