/** What every instance says about itself every two seconds. */
@NullMarked
package dev.sluice.change.status;

import org.jspecify.annotations.NullMarked;
