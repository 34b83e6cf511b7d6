import { expect, it } from 'vitest';
import { setColumnText } from './setColumn';

it('tells a value from an expression', () => {
  expect(setColumnText({ column: 'site', value: 'eu' })).toBe("site = 'eu'");
  expect(setColumnText({ column: 'name', expression: "CONCAT(first, ' ', last)" })).toBe("name = CONCAT(first, ' ', last)");
});
