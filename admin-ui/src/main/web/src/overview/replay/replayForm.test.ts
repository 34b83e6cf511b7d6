import { describe, expect, it } from 'vitest';
import { tablesOf, toInput } from './replayForm';

describe('toInput', () => {
  it('says what the chosen kind of place needs and nothing else', () => {
    expect(toInput({ from: 'TIME', time: '2026-11-21T09:30:00.000Z', entry: 7 })).toEqual({ time: '2026-11-21T09:30:00.000Z' });
    expect(toInput({ from: 'ENTRY', time: '2026-11-21T09:30:00.000Z', entry: 7 })).toEqual({ entry: 7 });
  });

  it('leaves the tables out where all are meant', () => {
    expect(toInput({ from: 'ENTRY', entry: 7, tables: [] })).toEqual({ entry: 7 });
    expect(toInput({ from: 'ENTRY', entry: 7, tables: ['shop.orders', 'shop.*'] }).tables).toEqual([
      { schema: 'shop', table: 'orders' },
      { schema: 'shop', table: '*' },
    ]);
  });
});

describe('tablesOf', () => {
  it('takes the first dot', () => expect(tablesOf('shop.a.b')).toEqual({ schema: 'shop', table: 'a.b' }));

  it.each(['orders', '.orders', 'shop.', ' . ', ''])('does not take %j', (name) => expect(tablesOf(name)).toBeUndefined());
});
