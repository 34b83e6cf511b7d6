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
const mappingOf = ({ pipelines }: Channel) => pipelines[0]?.mappings[0];

describe('toInput', () => {
  it('leaves empty fields out', () => {
    expect(mappingOf(toInput(channel({ targetSchema: ' ', targetTable: '' })))).toEqual({
      schema: 's',
      table: 't',
      columns: { include: [], exclude: [], rename: {} },
    });
  });
  it('sends a time to live as ISO 8601', () => {
    const cache = { key: 'user:{id}', format: 'JSON' as const, ttl: '1h 30m' };
    expect(mappingOf(toInput(channel({ cache })))?.cache?.ttl).toBe('PT1H30M');
  });
  it('leaves out a time to live that was cleared', () => {
    const cache = { key: 'user:{id}', format: 'JSON' as const, ttl: '' };
    expect(mappingOf(toInput(channel({ cache })))?.cache).toEqual({ key: 'user:{id}', format: 'JSON' });
  });
  it('gives back what toForm was given', () => {
    const cache = { key: 'user:{id}', format: 'HASH' as const, ttl: 'PT1H' };
    const stored = channel({ cache, columns: { include: [], exclude: [], rename: {} } });
    expect(toInput(toForm(stored))).toEqual(stored);
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
