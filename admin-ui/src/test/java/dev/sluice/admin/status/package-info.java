/** Tests of the package status. */
@NullMarked
package dev.sluice.admin.status;

import org.jspecify.annotations.NullMarked;
