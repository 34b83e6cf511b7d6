/** Collects what every instance reports and makes of it the state of channels, pipelines and sources. */
@NullMarked
package dev.sluice.admin.status;

import org.jspecify.annotations.NullMarked;
