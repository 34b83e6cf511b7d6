/** Asks a server whether it is set up to be a source or a target, and names the fix for what is not. */
@NullMarked
package dev.sluice.admin.precheck;

import org.jspecify.annotations.NullMarked;
