import type { Finding } from '../api/types';

const order: Finding['severity'][] = ['ERROR', 'WARNING', 'OK'];

export function worstFirst(findings: Finding[]): Finding[] {
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** The statements to run on the server, the most urgent first. */
export function fixesOf(findings: Finding[]): string[] {
  return worstFirst(findings).flatMap(({ severity, fix }) => (severity !== 'OK' && fix ? [fix] : []));
}
