import type { Phase, Snapshot } from '../api/snapshots';

/** The phase of a snapshot; before a capture reports on it, what is wanted. */
export function phaseOf({ wanted, progress }: Snapshot): Phase {
  if (progress) return progress.phase;
  return wanted.state === 'RUNNING' ? 'WAITING' : wanted.state;
}

export function ended(phase: Phase): boolean {
  return phase === 'DONE' || phase === 'FAILED' || phase === 'CANCELLED';
}

/** How much is copied; undefined if unknown. Statistics are estimates, so only what is done is called whole. */
export function percentOf(phase: Phase, rows: number, estimate: number): number | undefined {
  if (phase === 'DONE') return 100;
  return estimate > 0 ? Math.min(99, Math.floor((100 * rows) / estimate)) : undefined;
}

export function newestFirst(a: Snapshot, b: Snapshot): number {
  return b.wanted.created.localeCompare(a.wanted.created);
}
