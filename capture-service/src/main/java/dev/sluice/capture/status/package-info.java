/** Last stage: what the capture says about itself: status, health, metrics. */
@NullMarked
package dev.sluice.capture.status;

import org.jspecify.annotations.NullMarked;
