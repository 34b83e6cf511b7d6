/** Tests of the package precheck. */
@NullMarked
package dev.sluice.admin.precheck;

import org.jspecify.annotations.NullMarked;
