import type { FormInstance } from 'antd';
import { Problem } from './http';

export type Path = (string | number)[];

/** pipelines[0].mappings[1].table as the path of a form field. */
export function fieldPath(field: string): Path {
  return [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((part) => (part[2] === undefined ? (part[1] ?? '') : Number(part[2])));
}

/**
 * Which of the form's fields an error belongs to. The server may name the field inside the whole document
 * (channels[0].pipelines[1].target), or something inside a field (columns.include[2]).
 */
export function placeOf(field: string, known: Path[]): Path | undefined {
  const full = fieldPath(field);
  const inDocument = typeof full[1] === 'number' && (full[0] === 'channels' || full[0] === 'dataSources');
  const path = inDocument ? full.slice(2) : full;
  for (let length = path.length; length > 0; length--) {
    const candidate = path.slice(0, length).join('.');
    const found = known.find((other) => other.join('.') === candidate);
    if (found) return found;
  }
  return undefined;
}

/** Shows the errors of a refused form at their fields; returns those that belong to none. */
export function showProblem<T>(form: FormInstance<T>, error: Error): string[] {
  if (!(error instanceof Problem) || error.errors.length === 0) return [error.message];
  const known = form.getFieldsError().map(({ name }): Path => name);
  const byPlace = new Map<string, { name: Path; errors: string[] }>();
  const rest: string[] = [];
  for (const { field, message } of error.errors) {
    const name = placeOf(field, known);
    if (name === undefined) rest.push(`${field}: ${message}`);
    else byPlace.set(name.join('.'), { name, errors: [...(byPlace.get(name.join('.'))?.errors ?? []), message] });
  }
  const fields = [...byPlace.values()];
  form.setFields(fields as Parameters<FormInstance<T>['setFields']>[0]);
  const first = fields[0];
  if (first) form.scrollToField(first.name as Parameters<FormInstance<T>['scrollToField']>[0], { block: 'center', focus: true });
  return rest;
}
