package dev.sluice.admin.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.status.SnapshotStatus;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot and how far it has come.
 *
 * @param progress as the capture reports it; null while none does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SnapshotView(Snapshot wanted, @Nullable SnapshotStatus progress) {}
