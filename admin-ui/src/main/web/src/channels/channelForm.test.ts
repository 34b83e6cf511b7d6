import { describe, expect, it } from 'vitest';
import type { Channel, Pipeline } from '../api/types';
import { reverse, ruleCount, toForm, toInput } from './channelForm';

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
    const stored = channel({ cache, columns: { include: [], exclude: [], rename: {} } });
    expect(toInput(toForm(stored), toCache)).toEqual(stored);
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

it('counts column rules', () => {
  expect(ruleCount(pipeline.mappings[0]?.columns)).toBe(3);
  expect(ruleCount(null)).toBe(0);
});
