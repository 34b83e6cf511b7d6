/** What every service does with RabbitMQ: locks, confirmed publishing, reading streams, configuration and status. */
@NullMarked
package dev.sluice.broker;

import org.jspecify.annotations.NullMarked;
