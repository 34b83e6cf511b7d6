import type { PipelineStatus, Status } from './types';

/** One pipeline at one moment. */
export interface Sample {
  rowsPerSecond: number;
  backlog: number;
  lagP99Micros: number;
}

/** The last samples of each pipeline, oldest first; kept in the browser only. */
export type History = Readonly<Record<string, readonly Sample[]>>;

/** Five minutes at one sample every two seconds. */
export const historyLength = 150;

/** Pipelines that are gone are forgotten. */
export function appendSamples(history: History, status: Status): History {
  const pipelines = status.channels.flatMap((channel) => channel.pipelines);
  return Object.fromEntries(
    pipelines.map((pipeline) => [
      pipeline.name,
      [...(history[pipeline.name] ?? []), sampleOf(pipeline)].slice(-historyLength),
    ]),
  );
}

function sampleOf(pipeline: PipelineStatus): Sample {
  return {
    rowsPerSecond: pipeline.rowsPerSecond,
    backlog: pipeline.backlog,
    lagP99Micros: pipeline.lagP99Micros ?? 0,
  };
}

/** Adds pipelines up sample by sample, the newest aligned with the newest. */
export function combine(
  history: History,
  value: (sample: Sample) => number,
  join: (a: number, b: number) => number,
): number[] {
  const series = Object.values(history);
  const length = Math.max(0, ...series.map((samples) => samples.length));
  return Array.from({ length }, (_, i) =>
    series.reduce((joined, samples) => {
      const sample = samples[samples.length - length + i];
      return sample === undefined ? joined : join(joined, value(sample));
    }, 0),
  );
}
