const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const units: [number, string][] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** A count with all its digits: 1,234,567. */
export function count(n: number): string {
  return whole.format(n);
}

/** A count of at most four figures: 999, 9,999, 12.3k, 4.56M. */
export function short(n: number): string {
  const size = Math.abs(n);
  if (size < 10_000) return whole.format(n);
  const [unit, name] = units.find(([limit]) => size >= limit * 0.9995) ?? [1, ''];
  return threeFigures(n / unit) + name;
}

/** Rows a second; below ten with one decimal, so that a trickle doesn't look like nothing. */
export function rate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.05) return '<0.1';
  if (perSecond > 0 && perSecond < 9.95) return perSecond.toFixed(1);
  return short(perSecond);
}

/** Bytes in decimal units, as disks are sold: 20 GB. */
export function bytes(n: number): string {
  const [unit, name] = units.find(([limit]) => n >= limit) ?? [1, ''];
  const figure = unit === 1 ? whole.format(n) : trimZeros(threeFigures(n / unit));
  return `${figure} ${name}B`;
}

function threeFigures(n: number): string {
  const size = Math.abs(n);
  return n.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}

function trimZeros(figure: string): string {
  return figure.includes('.') ? figure.replace(/\.?0+$/, '') : figure;
}
