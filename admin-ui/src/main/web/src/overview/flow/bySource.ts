import type { PipelineStatus, SourceStatus, Status } from '../../api/types';

export interface Group {
  source: SourceStatus;
  pipelines: PipelineStatus[];
}

/** The pipelines by the source they follow, in the order of the configuration. */
export function bySource(status: Status): Group[] {
  const groups = new Map<string, PipelineStatus[]>();
  for (const pipeline of status.channels.flatMap((channel) => channel.pipelines)) {
    groups.set(pipeline.source, [...(groups.get(pipeline.source) ?? []), pipeline]);
  }
  return [...groups].map(([name, pipelines]) => ({
    source: status.sources.find((source) => source.name === name) ?? unknown(name),
    pipelines,
  }));
}

function unknown(name: string): SourceStatus {
  return { name, state: 'UNKNOWN', seq: 0, rowsPerSecond: 0, commitMicros: 0 };
}

export type Pressure = 'none' | 'some' | 'much';

/** Whether so many waiting rows are a queue or only what is on its way: more than ten seconds' worth is a queue. */
export function pressure(waiting: number, rowsPerSecond: number): Pressure {
  if (waiting === 0) return 'none';
  return waiting > Math.max(1_000, 10 * rowsPerSecond) ? 'much' : 'some';
}
