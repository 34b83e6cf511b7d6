import { expect, it } from 'vitest';
import { columnText } from './columnText';

it('puts the rules into words', () => {
  expect(columnText({ include: [], exclude: ['a', 'b'], rename: { mail: 'email' } })).toBe('without a, b; mail → email');
  expect(columnText({ include: ['id'] })).toBe('only id');
  expect(columnText({ include: ['id'] }, [{ column: 'site', value: 'eu' }])).toBe("only id; site = 'eu'");
  expect(columnText(undefined)).toBe('all');
});
