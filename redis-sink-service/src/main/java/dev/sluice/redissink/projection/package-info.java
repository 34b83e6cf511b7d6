/** From a row to the cache entry it becomes: key, value, expiry. */
@NullMarked
package dev.sluice.redissink.projection;

import org.jspecify.annotations.NullMarked;
