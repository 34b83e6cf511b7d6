/** Networks that misbehave on demand. */
@NullMarked
package dev.sluice.testsupport.network;

import org.jspecify.annotations.NullMarked;
