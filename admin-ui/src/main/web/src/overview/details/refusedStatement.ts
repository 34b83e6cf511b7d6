import type { PartitionStatus, State } from '../../api/types';

export interface Refused {
  entry: number;
  reason: string;
}

const stuck: readonly State[] = ['FAILED', 'SUSPENDED'];

/** The statement that keeps a pipeline from going on, if a person has to do something; others wait by themselves. */
export function refusedStatement(partitions: readonly PartitionStatus[]): Refused | undefined {
  const found = partitions.find((each) => typeof each.statement === 'number' && stuck.includes(each.state));
  return found && { entry: found.statement ?? 0, reason: found.error ?? '' };
}
