import type { Channel } from '../api/types';

/** The pipelines that read from a data source and those that write to it. */
export function usesOf(name: string, channels: Channel[]): { asSource: string[]; asTarget: string[] } {
  const pipelines = channels.flatMap((channel) => channel.pipelines);
  return {
    asSource: pipelines.filter((pipeline) => pipeline.source === name).map((pipeline) => pipeline.name),
    asTarget: pipelines.filter((pipeline) => pipeline.target === name).map((pipeline) => pipeline.name),
  };
}
