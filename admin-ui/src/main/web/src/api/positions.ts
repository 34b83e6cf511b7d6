import { useMutation } from '@tanstack/react-query';
import { request } from './http';
import type { StartPosition } from './types';

/** What a position means, before it is set. */
export interface PositionPreview {
  server: string;
  possible: boolean;
  problem?: string | null;
  purged: boolean;
  file?: string | null;
  offset?: number | null;
  executed?: string | null;
  firstCommit?: string | null;
  firstGtid?: string | null;
  behindBytes: number;
  behindFiles: number;
  log?: {
    file?: string | null;
    offset: number;
    effect: 'NONE' | 'SKIPS' | 'REPEATS' | 'SKIPS_AND_REPEATS' | 'UNKNOWN';
    meaning: string;
  } | null;
}

const at = (name: string) => `/data-sources/${encodeURIComponent(name)}`;

export function usePreview(name: string) {
  return useMutation({
    mutationFn: (position: StartPosition) => request<PositionPreview>('POST', `${at(name)}/position-preview`, position),
  });
}

export function useJump(name: string) {
  return useMutation({
    mutationFn: (position: StartPosition) => request<unknown>('POST', `${at(name)}/position`, position),
  });
}
