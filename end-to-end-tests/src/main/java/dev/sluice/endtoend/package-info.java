/** Tests of the whole way on real servers, with services and servers killed at random. */
@NullMarked
package dev.sluice.endtoend;

import org.jspecify.annotations.NullMarked;
