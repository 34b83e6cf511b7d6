/** Tests of the whole service, on real servers. */
@NullMarked
package dev.sluice.apply;

import org.jspecify.annotations.NullMarked;
