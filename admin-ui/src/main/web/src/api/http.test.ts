import { expect, it } from 'vitest';
import { csrfToken } from './http';

it('finds the token among other cookies', () => {
  expect(csrfToken('theme=dark; XSRF-TOKEN=a%2Bb; other=1')).toBe('a+b');
  expect(csrfToken('NOT-XSRF-TOKEN=x')).toBeUndefined();
  expect(csrfToken('')).toBeUndefined();
});
