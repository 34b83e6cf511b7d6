/** Tests of the configuration document. */
@NullMarked
package dev.sluice.change.config;

import org.jspecify.annotations.NullMarked;
