/** Channels, their pipelines and mappings, and the commands that start, pause and stop them. */
@NullMarked
package dev.sluice.admin.channel;

import org.jspecify.annotations.NullMarked;
