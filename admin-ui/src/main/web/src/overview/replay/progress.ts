import type { ReplayStatus } from '../../api/replays';

/** How far a replay was at a moment, in milliseconds since 1970. */
export interface Sample {
  generation: number;
  at: number;
  time: number;
}

export function percentOf({ from, until, at }: ReplayStatus): number {
  return until < from ? 100 : Math.min(100, Math.max(0, Math.floor((100 * (at - from + 1)) / (until - from + 1))));
}

/** Entries a second since a sample; undefined while there is nothing to tell it from. */
export function rateSince(sample: Sample, { generation, at }: ReplayStatus, time: number): number | undefined {
  const seconds = (time - sample.time) / 1_000;
  return generation === sample.generation && seconds > 0 && at > sample.at ? (at - sample.at) / seconds : undefined;
}
