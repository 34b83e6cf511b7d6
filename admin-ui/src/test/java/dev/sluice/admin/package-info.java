/** Tests of the admin service as a whole. */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
