const second = 1_000_000;
const steps: [number, string][] = [
  [86_400 * second, 'd'],
  [3_600 * second, 'h'],
  [60 * second, 'min'],
  [second, 's'],
];

/** Microseconds for people: 850 µs, 4.2 ms, 1.3 s, 2 min 5 s, 3 h 20 min, 2 d 4 h. */
export function humane(micros: number | null | undefined): string {
  if (micros === null || micros === undefined || micros < 0) return '–';
  if (micros < 1_000) return `${Math.round(micros)} µs`;
  if (micros < 999_500) return `${figure(micros / 1_000)} ms`;
  if (micros < 59.95 * second) return `${figure(micros / second)} s`;
  return twoUnits(micros);
}

function figure(n: number): string {
  return n < 9.95 ? n.toFixed(1) : n.toFixed(0);
}

function twoUnits(micros: number): string {
  const rounded = Math.round(micros / second) * second;
  const first = steps.findIndex(([size]) => rounded >= size);
  const [size, name] = steps[first] ?? [second, 's'];
  const [nextSize, nextName] = steps[first + 1] ?? [second, 's'];
  const rest = Math.floor((rounded % size) / nextSize);
  return `${Math.floor(rounded / size)} ${name}` + (rest > 0 ? ` ${rest} ${nextName}` : '');
}

/** How long ago a moment was, in whole seconds and longer units. */
export function ago(moment: string | number, now: number): string {
  const millis = now - new Date(moment).getTime();
  if (Number.isNaN(millis)) return '–';
  return millis < 60_000 ? `${Math.max(0, Math.floor(millis / 1_000))} s` : humane(millis * 1_000);
}

const isoPattern = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Seconds of an ISO 8601 duration such as P7D or PT36H; undefined if it is none. */
export function isoSeconds(iso: string): number | undefined {
  const parts = isoPattern.exec(iso.trim().toUpperCase());
  // P and PT alone match as well.
  if (parts === null || !/\d/.test(iso)) return undefined;
  const [days, hours, minutes, seconds] = numbers(parts);
  return days * 86_400 + hours * 3_600 + minutes * 60 + seconds;
}

/** ISO 8601 for people: PT168H is 7d, PT1H30M is 1h 30m. */
export function fromIso(iso: string): string {
  const total = isoSeconds(iso);
  if (total === undefined) return iso;
  const parts: [number, string][] = [
    [Math.floor(total / 86_400), 'd'],
    [Math.floor((total % 86_400) / 3_600), 'h'],
    [Math.floor((total % 3_600) / 60), 'm'],
    [total % 60, 's'],
  ];
  const shown = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n}${unit}`);
  return shown.length === 0 ? '0s' : shown.join(' ');
}

/** What a person types (7d, 1h 30m, 90s, or ISO) as ISO 8601; undefined if it is no duration above zero. */
export function toIso(text: string): string | undefined {
  const iso = isoSeconds(text);
  if (iso !== undefined) return iso > 0 ? text.trim().toUpperCase() : undefined;
  const parts = /^(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s)?$/i.exec(text.trim());
  if (parts === null) return undefined;
  const [days, hours, minutes, seconds] = numbers(parts);
  const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S');
  const result = 'P' + part(days, 'D') + (time === '' ? '' : 'T' + time);
  return result === 'P' ? undefined : result;
}

/** The four groups of a match; what was not there is 0. */
function numbers([, ...groups]: (string | undefined)[]): [number, number, number, number] {
  const at = (i: number) => Number(groups[i] ?? 0);
  return [at(0), at(1), at(2), at(3)];
}

function part(n: number, unit: string): string {
  return n === 0 ? '' : `${n}${unit}`;
}
