/** What is fetched once and kept: server binaries from the Maven registry and from Debian's archive. */
@NullMarked
package dev.sluice.testsupport.download;

import org.jspecify.annotations.NullMarked;
