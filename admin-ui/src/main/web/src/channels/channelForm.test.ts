import { describe, expect, it } from 'vitest';
import type { Channel, Pipeline } from '../api/types';
import { moreCount, moreText, reverse, rowText, ruleCount, toForm, toInput } from './channelForm';

const pipeline: Pipeline = {
  name: 'eu-to-us',
  source: 'eu',
  target: 'us',
  state: 'RUNNING',
  partitions: 8,
  mappings: [
    {
      schema: 'crm',
      table: 'contact',
      targetTable: 'person',
      columns: { include: [], exclude: ['mail'], rename: { mail: 'email', tel: 'phone' } },
    },
  ],
};
const channel = (mapping: Partial<Pipeline['mappings'][0]>): Channel => ({
  name: 'c',
  pipelines: [{ ...pipeline, mappings: [{ schema: 's', table: 't', ...mapping }] }],
});
const toTable = () => false;
const toCache = () => true;
const mappingOf = ({ pipelines }: Channel) => pipelines[0]?.mappings[0];

describe('toInput', () => {
  it('leaves empty fields out', () => {
    expect(mappingOf(toInput(channel({ targetSchema: ' ', targetTable: '' }), toTable))).toEqual({
      schema: 's',
      table: 't',
      columns: { include: [], exclude: [], rename: {} },
    });
  });
  it('sends a time to live as ISO 8601', () => {
    const cache = { key: 'user:{id}', format: 'JSON' as const, ttl: '1h 30m' };
    expect(mappingOf(toInput(channel({ cache }), toCache))?.cache?.ttl).toBe('PT1H30M');
  });
  it('leaves out a time to live that was cleared', () => {
    const cache = { key: 'user:{id}', format: 'JSON' as const, ttl: '' };
    expect(mappingOf(toInput(channel({ cache }), toCache))?.cache).toEqual({ key: 'user:{id}', format: 'JSON' });
  });
  it('gives back what toForm was given', () => {
    const cache = { key: 'user:{id}', format: 'HASH' as const, ttl: 'PT1H' };
    const rows = { where: "state = 'open'", kinds: ['INSERT' as const] };
    const stored = channel({ cache, rows, columns: { include: [], exclude: [], rename: {} } });
    expect(toInput(toForm(stored), toCache)).toEqual(stored);
  });
  it('leaves out a filter that takes all rows, but not what it does not know in one', () => {
    expect(mappingOf(toInput(channel({ rows: { where: ' ', kinds: [] } }), toTable))).not.toHaveProperty('rows');
    const rows = { where: 'a = 1', kinds: [], sample: 10 } as Pipeline['mappings'][0]['rows'];
    expect(mappingOf(toInput(channel({ rows }), toTable))?.rows).toEqual({ where: 'a = 1', sample: 10 });
  });
  it('sends the wish for missing tables to a database only, and not if there is none', () => {
    expect(mappingOf(toInput(channel({ createTable: true }), toTable))?.createTable).toBe(true);
    expect(mappingOf(toInput(channel({ createTable: false }), toTable))).not.toHaveProperty('createTable');
    expect(mappingOf(toInput(channel({ createTable: true }), toCache))).not.toHaveProperty('createTable');
    expect(moreCount({ createTable: true })).toBe(1);
  });
  it('leaves out columns without a name, and all of them for a cache', () => {
    const set = [{ column: ' shard ', value: '{schema}', key: true }, { column: '', value: 'x' }];
    expect(mappingOf(toInput(channel({ set }), toTable))?.set).toEqual([{ column: 'shard', value: '{schema}', key: true }]);
    expect(mappingOf(toInput(channel({ set: [] }), toTable))).not.toHaveProperty('set');
    expect(mappingOf(toInput(channel({ set }), toCache))).not.toHaveProperty('set');
  });
  it('sends a value or an expression of a column, and no key of what is computed', () => {
    const set = [{ column: 'name', expression: ' UPPER(a) ', value: undefined, key: false }, { column: 'site', value: 'eu' }];
    expect(mappingOf(toInput(channel({ set }), toTable))?.set).toEqual([{ column: 'name', expression: 'UPPER(a)' }, { column: 'site', value: 'eu' }]);
  });
  it('leaves out apply rules that are as usual and keeps what it does not know', () => {
    const sent = (apply: object) => toInput(toForm({ name: 'c', pipelines: [{ ...pipeline, apply }] }), toTable).pipelines[0];
    expect(sent({})).not.toHaveProperty('apply');
    expect(sent({ onBadRow: 'SUSPEND', attempts: 0 })).not.toHaveProperty('apply');
    const ddl = { alter: 'ASK', answers: [{ entry: 7, apply: true }] };
    expect(sent({ ddl })?.apply).toMatchObject({ ddl, onBadRow: 'SUSPEND' });
    expect(sent({ attempts: 5 })?.apply).toEqual({ onBadRow: 'SUSPEND', attempts: 5, recoveries: 10, missingRow: 'UPSERT' });
  });
  it('sends no rules of a database for a cache', () => {
    const stored: Channel = { name: 'c', pipelines: [{ ...pipeline, apply: { attempts: 5 }, mode: 'TRANSACTION' }] };
    expect(toInput(stored, toCache).pipelines[0]).not.toHaveProperty('apply');
    expect(toInput(stored, toCache).pipelines[0]).not.toHaveProperty('mode');
    expect(toInput(stored, toTable).pipelines[0]).toMatchObject({ apply: { attempts: 5 }, mode: 'TRANSACTION' });
  });
  it('keeps what the form does not show and drops what the other kind of target had', () => {
    const cache = { key: 'user:{id}', format: 'JSON' as const };
    const stored = channel({ ...{ condition: "state = 'open'" }, cache, targetTable: 'u' });
    expect(mappingOf(toInput(stored, toTable))).toMatchObject({ condition: "state = 'open'", targetTable: 'u' });
    expect(mappingOf(toInput(stored, toTable))).not.toHaveProperty('cache');
    expect(mappingOf(toInput(stored, toCache))).not.toHaveProperty('targetTable');
  });
});

describe('reverse', () => {
  it('swaps the ends and the names of tables and columns', () => {
    expect(reverse(pipeline)).toMatchObject({
      name: 'us-to-eu',
      source: 'us',
      target: 'eu',
      mappings: [
        {
          schema: 'crm',
          table: 'person',
          targetTable: 'contact',
          columns: { exclude: ['email'], rename: { email: 'mail', phone: 'tel' } },
        },
      ],
    });
  });
  it('done twice is the same', () => expect(reverse(reverse(pipeline))).toEqual(pipeline));
});

it('puts a row filter into words', () => {
  expect(rowText({ where: ' a = 1 ', kinds: ['INSERT', 'DELETE'] })).toBe('Insert, Delete where a = 1');
  expect(rowText({ kinds: [] })).toBeUndefined();
});

it('puts what else is said of a mapping into words and counts it', () => {
  const set = [{ column: 'shard', value: '{schema}', key: true }, { column: ' ', value: '' }];
  expect(moreText({ rows: { where: 'a = 1' }, set })).toBe("where a = 1; shard = '{schema}'");
  expect(moreCount({ rows: { where: 'a = 1', kinds: ['INSERT'] }, set })).toBe(3);
  expect(moreText({ set: [] })).toBeUndefined();
});

it('counts column rules', () => {
  expect(ruleCount(pipeline.mappings[0]?.columns)).toBe(3);
  expect(ruleCount(null)).toBe(0);
});
