/** Starts real servers and the five services and shows a shop database being synchronised. */
@NullMarked
package dev.sluice.demo;

import org.jspecify.annotations.NullMarked;
