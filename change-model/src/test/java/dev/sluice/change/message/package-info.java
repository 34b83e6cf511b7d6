/** Tests of the lines and hashes that every service relies on. */
@NullMarked
package dev.sluice.change.message;

import org.jspecify.annotations.NullMarked;
