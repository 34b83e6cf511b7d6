package dev.sluice.admin.position;

import dev.sluice.change.config.PositionReset;

/** A jump that was wished for; the capture makes it when it has the configuration version. */
record PositionJump(String dataSource, PositionReset reset, long configVersion) {}
