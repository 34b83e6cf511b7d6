/** Partition queues: consuming with acknowledgements, priorities and connections; the only package that knows RabbitMQ. */
@NullMarked
package dev.sluice.sink.intake;

import org.jspecify.annotations.NullMarked;
