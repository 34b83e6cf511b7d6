/** Real servers, workloads and checkers for the tests and the demo. */
@NullMarked
package dev.sluice.testsupport;

import org.jspecify.annotations.NullMarked;
