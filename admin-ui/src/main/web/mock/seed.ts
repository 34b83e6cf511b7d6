import type { Channel, DataSource, Mapping, ParkedRow } from '../src/api/types';

const capture = (serverId: number) => ({
  start: { mode: 'NOW' as const },
  serverId,
  logMaxBytes: 20_000_000_000,
  logMaxAge: 'PT168H',
});

const server = (name: string, rest: Partial<DataSource>): DataSource => ({
  name,
  kind: 'MYSQL',
  host: `${name}.example.net`,
  port: 3306,
  username: 'sluice',
  tls: 'PREFERRED',
  passwordSet: true,
  ...rest,
});

export const dataSources: DataSource[] = [
  server('shop', { capture: capture(4711) }),
  server('warehouse', { tls: 'VERIFY_IDENTITY' }),
  server('shop-cache', { kind: 'REDIS', port: 6379, username: '', tls: 'DISABLED' }),
  server('crm-eu', { kind: 'MARIADB', site: 'eu', capture: capture(4712) }),
  server('crm-us', { kind: 'MARIADB', site: 'us', capture: capture(4713), tls: 'REQUIRED' }),
];

const table = (schema: string, name: string, rest: Partial<Mapping> = {}): Mapping => ({
  schema,
  table: name,
  columns: { include: [], exclude: [], rename: {} },
  ...rest,
});

export const channels: Channel[] = [
  {
    name: 'shop',
    pipelines: [
      {
        name: 'shop-to-warehouse',
        source: 'shop',
        target: 'warehouse',
        state: 'RUNNING',
        partitions: 8,
        apply: { onBadRow: 'PARK', attempts: 20, recoveries: 10, missingRow: 'UPSERT' },
        mappings: [
          table('shop', 'orders_*', {
            targetSchema: 'dwh', targetTable: 'orders', rows: { where: "region = 'EU' AND total >= 100", kinds: ['INSERT', 'UPDATE'] },
          }),
          table('shop', 'customer', {
            targetSchema: 'dwh',
            columns: { include: [], exclude: ['password_hash'], rename: { mail: 'email' } },
          }),
        ],
      },
      {
        name: 'shop-to-cache',
        source: 'shop',
        target: 'shop-cache',
        state: 'RUNNING',
        partitions: 4,
        mappings: [
          table('shop', 'customer', { cache: { key: 'customer:{id}', format: 'JSON', ttl: 'PT1H' } }),
          table('shop', 'product', { cache: { key: 'product:{sku}', format: 'HASH' } }),
        ],
      },
    ],
  },
  {
    name: 'crm-two-way',
    pipelines: [
      { name: 'crm-eu-us', source: 'crm-eu', target: 'crm-us', state: 'RUNNING', partitions: 8, mappings: [table('crm', '*')] },
      { name: 'crm-us-eu', source: 'crm-us', target: 'crm-eu', state: 'RUNNING', partitions: 8, mappings: [table('crm', '*')] },
    ],
  },
];

const row = (id: number, rest: Partial<ParkedRow>): ParkedRow => ({
  id, changedAt: '2026-11-24T02:41:07Z', pipeline: 'shop-to-warehouse', partition: 3, epoch: 4, seq: 1200 + id, state: 'PARKED',
  schema: 'shop', table: 'orders', targetSchema: 'warehouse', targetTable: 'orders', op: 'c', reason: `waits behind entry 1201 of its table`,
  tries: 0, file: 'binlog.000042', offset: 73_001_113 + id * 311, commitMicros: 1_764_038_467_000_000, parkedAt: '2026-11-24T02:41:07Z', ...rest,
});

export const parked: ParkedRow[] = [
  row(1, {
    op: 'u', before: { id: 17, note: 'leave at the door' }, after: { id: 17, note: 'leave at the door of the house on the left' },
    reason: 'the value is too long for column note; widen the column (error 1406)', sqlState: '22001', tries: 2,
  }),
  row(2, { after: { id: 18, note: null } }),
  row(3, { op: 'd', before: { id: 11, note: 'old' } }),
];
