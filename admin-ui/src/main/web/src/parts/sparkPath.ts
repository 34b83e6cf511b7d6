const pad = 1.5;

/** SVG paths of a line from 0 to the greatest value and of the area below it; the newest value is at the right edge. */
export function sparkPath(values: readonly number[], length: number, width: number, height: number) {
  if (values.length < 2) return { line: '', area: '' };
  const top = Math.max(...values, Number.MIN_VALUE);
  const step = width / (length - 1);
  const x = (i: number) => round(width - (values.length - 1 - i) * step);
  const y = (value: number) => round(height - pad - (Math.max(0, value) / top) * (height - 2 * pad));
  const line = values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(value)}`).join('');
  return { line, area: `${line}L${width} ${height}L${x(0)} ${height}Z` };
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
