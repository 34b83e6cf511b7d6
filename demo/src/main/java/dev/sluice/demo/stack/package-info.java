/** The servers and services of the demo and how they are told what to do. */
@NullMarked
package dev.sluice.demo.stack;

import org.jspecify.annotations.NullMarked;
