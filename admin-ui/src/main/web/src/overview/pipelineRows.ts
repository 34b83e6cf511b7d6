import type { PipelineStatus, SourceStatus, Status } from '../api/types';
import type { Place } from '../format/position';

/** A channel as a heading, or one of its pipelines. */
export type Row =
  | { kind: 'channel'; key: string; channel: string }
  | { kind: 'pipeline'; key: string; pipeline: PipelineStatus; place: Place };

export function rowsOf(status: Status): Row[] {
  return status.channels.flatMap((channel): Row[] => [
    { kind: 'channel', key: `channel ${channel.name}`, channel: channel.name },
    ...channel.pipelines.map((pipeline): Row => ({
      kind: 'pipeline',
      key: pipeline.name,
      pipeline,
      place: placeOf(pipeline, status.sources),
    })),
  ]);
}

/** How far the source of a pipeline is captured. */
export function placeOf(pipeline: PipelineStatus, sources: SourceStatus[]): Place {
  return pipeline.capture ?? sources.find((source) => source.name === pipeline.source) ?? {};
}

/** What the operator wants, unless it is so already or a state such as FAILED says more. */
export function pending(pipeline: PipelineStatus): string | undefined {
  const settled = pipeline.state === pipeline.desired || ['FAILED', 'SUSPENDED', 'RETRYING'].includes(pipeline.state);
  return settled ? undefined : pipeline.desired;
}
