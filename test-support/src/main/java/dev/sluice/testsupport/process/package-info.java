/** Child processes that never outlive this JVM: servers, services, and what they cost. */
@NullMarked
package dev.sluice.testsupport.process;

import org.jspecify.annotations.NullMarked;
