/** A small shop: its tables and the load it puts on the source. */
@NullMarked
package dev.sluice.demo.shop;

import org.jspecify.annotations.NullMarked;
