import { expect, it } from 'vitest';
import { filePosition, shortGtid } from './position';

it('writes file and offset as the manuals do', () => {
  expect(filePosition({ file: 'binlog.000042', offset: 1547 })).toBe('binlog.000042:1547');
});

it('has no position without a file', () => {
  expect(filePosition({ file: null, offset: 4 })).toBeUndefined();
});

it.each([
  ['3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77', '3e11fa47…:1-77'],
  ['3e11fa47-71ca-11e1-9e33-c80aa9429562:app:23', '3e11fa47…:app:23'],
  ['0-1-270', '0-1-270'],
  ['0-1-270,1-2-3', '1-2-3 +1'],
])('shortens %s to %s', (gtid, text) => {
  expect(shortGtid(gtid)).toBe(text);
});
