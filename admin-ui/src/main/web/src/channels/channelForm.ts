import type { CacheRule, Channel, ColumnRules, DataSource, Mapping, Pipeline } from '../api/types';
import { fromIso, toIso } from '../format/duration';

export const emptyMapping: Mapping = { schema: '', table: '' };

export function emptyPipeline(): Pipeline {
  return { name: '', source: '', target: '', state: 'RUNNING', partitions: 8, mappings: [emptyMapping] };
}

/** Times to live as a person types them. */
export function toForm(channel: Channel): Channel {
  return eachMapping(channel, (mapping) => ({
    ...mapping,
    ...(mapping.cache && { cache: { ...mapping.cache, ttl: mapping.cache.ttl ? fromIso(mapping.cache.ttl) : undefined } }),
  }));
}

/**
 * Empty fields are left out: they mean "the same name", "all columns", "never". What the form doesn't show is kept, but
 * not what belongs to another kind of target than the one that was chosen last.
 */
export function toInput({ warnings: _, ...form }: Channel, isCache: (target: string) => boolean): Channel {
  return eachMapping(form, ({ schema, table, targetSchema, targetTable, columns, cache, ...kept }, { target }) => ({
    ...kept,
    schema: schema.trim(),
    table: table.trim(),
    ...(isCache(target)
      ? cache && { cache: cacheInput(cache) }
      : { ...filled('targetSchema', targetSchema), ...filled('targetTable', targetTable) }),
    columns: { include: columns?.include ?? [], exclude: columns?.exclude ?? [], rename: columns?.rename ?? {} },
  }));
}

function cacheInput({ key, format, ttl }: CacheRule): CacheRule {
  return { key: key.trim(), format: format ?? 'JSON', ...filled('ttl', ttl && (toIso(ttl) ?? ttl)) };
}

function filled<Name extends string>(name: Name, value: string | null | undefined): Partial<Record<Name, string>> {
  const text = value?.trim() ?? '';
  return text === '' ? {} : ({ [name]: text } as Record<Name, string>);
}

function eachMapping(channel: Channel, change: (mapping: Mapping, pipeline: Pipeline) => Mapping): Channel {
  return {
    ...channel,
    pipelines: channel.pipelines.map((pipeline) => ({
      ...pipeline,
      mappings: pipeline.mappings.map((mapping) => change(mapping, pipeline)),
    })),
  };
}

/** The other direction of a pipeline: what went from a to b goes from b to a. */
export function reverse(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    name: pipeline.source && pipeline.target ? suggestName(pipeline.target, pipeline.source) : '',
    source: pipeline.target,
    target: pipeline.source,
    mappings: pipeline.mappings.map(({ schema, table, targetSchema, targetTable, columns }) => ({
      schema: targetSchema ? targetSchema : schema,
      table: targetTable ? targetTable : table,
      ...(targetSchema && { targetSchema: schema }),
      ...(targetTable && { targetTable: table }),
      columns: reverseColumns(columns),
    })),
  };
}

function reverseColumns(columns: ColumnRules | null | undefined): ColumnRules {
  const rename = columns?.rename ?? {};
  const there = (name: string) => rename[name] ?? name;
  return {
    include: (columns?.include ?? []).map(there),
    exclude: (columns?.exclude ?? []).map(there),
    rename: Object.fromEntries(Object.entries(rename).map(([from, to]) => [to, from])),
  };
}

export function suggestName(source: string, target: string): string {
  return `${source}-to-${target}`;
}

export function ruleCount(rules: ColumnRules | null | undefined): number {
  return (rules?.include?.length ?? 0) + (rules?.exclude?.length ?? 0) + Object.keys(rules?.rename ?? {}).length;
}

/** Options for where rows come from and where they may go. */
export function endsOf(sources: DataSource[]) {
  const option = ({ name }: DataSource) => ({ value: name, label: name });
  return {
    sources: sources.filter((source) => source.capture).map(option),
    targets: sources.map(option),
  };
}
