import { expect, it } from 'vitest';
import { filterInput } from './captureFilter';

it('is nothing while nothing is filtered', () => {
  expect(filterInput(undefined)).toBeUndefined();
  expect(filterInput({ include: [], canalRegex: '', kinds: [], ddl: true })).toBeUndefined();
});

it('keeps what filters and no more', () => {
  expect(filterInput({ include: ['shop.*'], exclude: [], canalBlackRegex: null, ddl: false })).toEqual({
    include: ['shop.*'],
    ddl: false,
  });
});

it('keeps a switch that is not where it is when nothing is said', () => {
  expect(filterInput({ ddl: true, ghostTables: false })).toBeUndefined();
  expect(filterInput({ ddl: true, ghostTables: true })).toEqual({ ghostTables: true });
});
