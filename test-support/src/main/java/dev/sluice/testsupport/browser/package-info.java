/** A real browser for tests of the web interface. */
@NullMarked
package dev.sluice.testsupport.browser;

import org.jspecify.annotations.NullMarked;
