import type { ApplyRules, CacheRule, Channel, ColumnRules, DataSource, Mapping, Pipeline, RowFilter, SetColumn } from '../api/types';
import { fromIso, toIso } from '../format/duration';
import { setColumnText } from '../format/setColumn';
import { t } from '../text';

export const emptyMapping: Mapping = { schema: '', table: '' };

export function emptyPipeline(): Pipeline {
  return { name: '', source: '', target: '', state: 'RUNNING', partitions: 8, mappings: [emptyMapping], mode: 'ROW', apply: usualApply };
}

/** What the server takes where nothing is said. */
export const usualApply: Required<Omit<ApplyRules, 'ddl'>> = { onBadRow: 'SUSPEND', attempts: 0, recoveries: 10, missingRow: 'UPSERT' };

/** Times to live as a person types them, and defaults as what they are. */
export function toForm(channel: Channel): Channel {
  const shown = eachMapping(channel, (mapping) => ({
    ...mapping,
    ...(mapping.cache && { cache: { ...mapping.cache, ttl: mapping.cache.ttl ? fromIso(mapping.cache.ttl) : undefined } }),
  }));
  return eachPipeline(shown, (pipeline) => ({
    ...pipeline,
    mode: pipeline.mode ?? 'ROW',
    apply: { ...usualApply, ...pipeline.apply },
  }));
}

/**
 * Empty fields are left out: they mean "the same name", "all columns", "never", "as usual". What the form doesn't show is
 * kept, but not what belongs to another kind of target than the one that was chosen last.
 */
export function toInput({ warnings: _, ...form }: Channel, isCache: (target: string) => boolean): Channel {
  const sent = eachMapping(form, ({ schema, table, targetSchema, targetTable, columns, cache, rows, set, createTable, ...kept }, { target }) => ({
    ...kept,
    ...rowsInput(rows),
    schema: schema.trim(),
    table: table.trim(),
    ...(isCache(target)
      ? cache && { cache: cacheInput(cache) }
      : { ...filled('targetSchema', targetSchema), ...filled('targetTable', targetTable), ...setInput(set), ...(createTable && { createTable }) }),
    columns: { include: columns?.include ?? [], exclude: columns?.exclude ?? [], rename: columns?.rename ?? {} },
  }));
  return eachPipeline(sent, ({ apply, mode, ...kept }) => ({
    ...kept,
    ...(!isCache(kept.target) && { ...applyInput(apply), ...(mode && { mode }) }),
  }));
}

/** Nothing if all is as usual. */
function applyInput(apply: ApplyRules | null | undefined): { apply?: ApplyRules } {
  const given = Object.entries(apply ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const usual: Record<string, unknown> = usualApply;
  return given.some(([name, value]) => usual[name] !== value) ? { apply: Object.fromEntries(given) } : {};
}

/** Nothing if all rows are taken. */
function rowsInput(rows: RowFilter | null | undefined): { rows?: RowFilter } {
  if (rowText(rows) === undefined) return {};
  const { where, kinds = [], ...kept } = rows ?? {};
  return { rows: { ...kept, ...filled('where', where), ...(kinds.length > 0 && { kinds }) } };
}

/** Nothing if no column is set; lines that name no column are left out. */
function setInput(set: SetColumn[] | null | undefined): { set?: SetColumn[] } {
  const given = (set ?? []).filter(({ column }) => column.trim() !== '');
  return given.length === 0 ? {} : { set: given.map(setColumnInput) };
}

/** A value or an expression, whichever the form has; what is computed is no part of a key. */
function setColumnInput({ column, value, expression, key, ...kept }: SetColumn): SetColumn {
  const name = column.trim();
  return typeof expression === 'string'
    ? { ...kept, column: name, expression: expression.trim() }
    : { ...kept, column: name, value: value ?? '', ...(key !== undefined && { key }) };
}

type More = Pick<Mapping, 'rows' | 'set' | 'createTable'>;

/** Which rows a mapping takes, what it sets in them and whether it makes tables, in words; undefined if there is nothing to say. */
export function moreText({ rows, set, createTable }: More): string | undefined {
  const parts = [rowText(rows), setText(set), createTable ? t.channels.createsTables : undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** How many rules that is. */
export function moreCount({ rows, set, createTable }: More): number {
  return (createTable ? 1 : 0) + (rows?.where?.trim() ? 1 : 0) + ((rows?.kinds ?? []).length > 0 ? 1 : 0) + (setInput(set).set ?? []).length;
}

export function setText(set: SetColumn[] | null | undefined): string | undefined {
  const given = setInput(set).set;
  return given?.map(setColumnText).join(', ');
}

/** What a filter takes, in words; undefined for all. */
export function rowText(rows: RowFilter | null | undefined): string | undefined {
  const kinds = (rows?.kinds ?? []).map((kind) => t.channels.kind[kind]);
  const parts = [...(kinds.length > 0 ? [kinds.join(', ')] : []), ...(rows?.where?.trim() ? [t.channels.where(rows.where.trim())] : [])];
  return parts.length === 0 ? undefined : parts.join(' ');
}

function cacheInput({ key, format, ttl }: CacheRule): CacheRule {
  return { key: key.trim(), format: format ?? 'JSON', ...filled('ttl', ttl && (toIso(ttl) ?? ttl)) };
}

function filled<Name extends string>(name: Name, value: string | null | undefined): Partial<Record<Name, string>> {
  const text = value?.trim() ?? '';
  return text === '' ? {} : ({ [name]: text } as Record<Name, string>);
}

function eachPipeline(channel: Channel, change: (pipeline: Pipeline) => Pipeline): Channel {
  return { ...channel, pipelines: channel.pipelines.map(change) };
}

function eachMapping(channel: Channel, change: (mapping: Mapping, pipeline: Pipeline) => Mapping): Channel {
  return eachPipeline(channel, (pipeline) => ({
    ...pipeline,
    mappings: pipeline.mappings.map((mapping) => change(mapping, pipeline)),
  }));
}

/** The other direction of a pipeline: what went from a to b goes from b to a. */
export function reverse(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    // statements must not go in a circle
    ...(pipeline.apply && { apply: { ...pipeline.apply, ddl: undefined } }),
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
