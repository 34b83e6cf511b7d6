import { Alert, Table } from 'antd';
import { useChannels } from '../../api/configuration';
import type { Mapping } from '../../api/types';
import { rowText } from '../../channels/channelForm';
import { fromIso } from '../../format/duration';
import { Loaded } from '../../parts/Loaded';
import { t } from '../../text';
import { columnText } from './columnText';

const words = t.details;

export function MappingsTable({ pipeline }: { pipeline: string }) {
  return (
    <Loaded query={useChannels()}>
      {(channels) => {
        const mappings = channels.flatMap((channel) => channel.pipelines).find((other) => other.name === pipeline)?.mappings;
        if (!mappings || mappings.length === 0) return <Alert type="warning" showIcon title={words.noMappings} />;
        return (
          <Table<Mapping>
            size="small"
            pagination={false}
            rowKey={(mapping) => mappings.indexOf(mapping)}
            dataSource={mappings}
            columns={[
              { title: words.from, render: (_, { schema, table }) => <span className="mono">{`${schema}.${table}`}</span> },
              { title: words.to, render: (_, mapping) => <span className="mono">{destination(mapping)}</span> },
              { title: words.columns, render: (_, { columns, set }) => columnText(columns, set) },
              ...(mappings.some(({ rows }) => rowText(rows))
                ? [{ title: t.channels.field.rows, render: (_: unknown, { rows }: Mapping) => rowText(rows) ?? t.channels.rowsAll }]
                : []),
              ...(mappings.some((mapping) => mapping.cache)
                ? [{ title: words.cache, render: (_: unknown, mapping: Mapping) => <Cache mapping={mapping} /> }]
                : []),
            ]}
          />
        );
      }}
    </Loaded>
  );
}

function destination({ schema, table, targetSchema, targetTable, cache }: Mapping): string {
  return cache ? cache.key : `${targetSchema ?? schema}.${targetTable ?? table}`;
}

function Cache({ mapping: { cache } }: { mapping: Mapping }) {
  if (!cache) return '–';
  return `${cache.format ?? 'JSON'}, ${cache.ttl ? words.ttl(fromIso(cache.ttl)) : words.noTtl}`;
}
