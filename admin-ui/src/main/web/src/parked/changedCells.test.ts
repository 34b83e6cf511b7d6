import { describe, expect, it } from 'vitest';
import { changedCells } from './changedCells';

const wrong = { json: 'no object', cell: (column: string) => `wrong ${column}` };
const before = { id: 1, name: 'a', note: null };

describe('changedCells', () => {
  it('keeps what differs and nothing else', () => {
    expect(changedCells(before, '{"id": 1, "name": "b", "note": ""}', wrong)).toEqual({ name: 'b', note: '' });
  });
  it('takes null and columns that had no cell', () => {
    expect(changedCells(before, '{"name": null, "more": 7}', wrong)).toEqual({ name: null, more: 7 });
  });
  it('says what is no object and what is no cell', () => {
    for (const text of ['', '[]', 'null', '{']) expect(() => changedCells(before, text, wrong)).toThrow('no object');
    for (const text of ['{"name": true}', '{"name": {}}', '{"name": [1]}']) expect(() => changedCells(before, text, wrong)).toThrow('wrong name');
  });
});
