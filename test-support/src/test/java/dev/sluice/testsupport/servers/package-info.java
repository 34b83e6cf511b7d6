/** Proofs that the servers the other tests stand on really do what is said of them. */
@NullMarked
package dev.sluice.testsupport.servers;

import org.jspecify.annotations.NullMarked;
