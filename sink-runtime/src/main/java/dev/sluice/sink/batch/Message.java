package dev.sluice.sink.batch;

import dev.sluice.change.message.MessageHeader;

/** A message of a partition queue. */
public record Message(MessageHeader header, byte[] body) {}
