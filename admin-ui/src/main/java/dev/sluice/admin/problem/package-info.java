/** Errors of the REST interface as RFC 9457 problem documents. */
@NullMarked
package dev.sluice.admin.problem;

import org.jspecify.annotations.NullMarked;
