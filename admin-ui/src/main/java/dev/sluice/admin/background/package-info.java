/** Work that goes on beside requests. */
@NullMarked
package dev.sluice.admin.background;

import org.jspecify.annotations.NullMarked;
