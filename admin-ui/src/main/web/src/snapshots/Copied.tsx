import { Progress } from 'antd';
import type { Phase } from '../api/snapshots';
import { count, short } from '../format/number';
import { t } from '../text';
import { percentOf } from './phase';

interface Props {
  phase: Phase;
  rows: number;
  estimate: number;
}

/** Rows copied so far, of those that the server's statistics expect. */
export function Copied({ phase, rows, estimate }: Props) {
  const percent = percentOf(phase, rows, estimate);
  return (
    <>
      {percent !== undefined && (
        <Progress
          percent={percent}
          size="small"
          status={phase === 'FAILED' ? 'exception' : phase === 'RUNNING' ? 'active' : phase === 'DONE' ? 'success' : 'normal'}
        />
      )}
      <span className="muted nowrap">
        {estimate > 0 && phase !== 'DONE' ? t.snapshots.rowsOf(count(rows), short(estimate)) : t.snapshots.rows(count(rows))}
      </span>
    </>
  );
}
