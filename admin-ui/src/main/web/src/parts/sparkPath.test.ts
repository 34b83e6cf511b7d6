import { expect, it } from 'vitest';
import { sparkPath } from './sparkPath';

it('draws nothing from less than two values', () => {
  expect(sparkPath([5], 10, 100, 20)).toEqual({ line: '', area: '' });
});

it('ends at the right edge, with the greatest value at the top', () => {
  expect(sparkPath([0, 10], 11, 100, 20).line).toBe('M90 18.5L100 1.5');
});

it('lies at the bottom when all is zero', () => {
  expect(sparkPath([0, 0], 2, 100, 20).line).toBe('M0 18.5L100 18.5');
});
