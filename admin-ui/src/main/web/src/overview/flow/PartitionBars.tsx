import { Tooltip } from 'antd';
import type { PipelineStatus } from '../../api/types';
import { count } from '../../format/number';
import { t } from '../../text';
import { allPartitions, fill } from '../pipelineNumbers';
import { Waiting } from './Arrow';
import styles from './Flow.module.css';

interface Props {
  pipeline: PipelineStatus;
  waiting: number;
}

/** A bar for each partition, as high as the rows that wait in it (logarithmic), and their sum. */
export function PartitionBars({ pipeline, waiting }: Props) {
  return (
    <div className={`${styles.node} ${styles.bars}`}>
      <span className={styles.columns}>
        {allPartitions(pipeline).map(({ partition, waiting: rows, state }) => {
          const label = t.overview.flow.partition(partition, count(rows), t.state[state]);
          return (
            <Tooltip key={partition} title={label}>
              <i className={styles.bar} data-state={state} role="img" aria-label={label}>
                <i style={{ height: `${Math.round(fill(rows) * 100)}%` }} />
              </i>
            </Tooltip>
          );
        })}
      </span>
      <Waiting rows={waiting} rowsPerSecond={pipeline.rowsPerSecond} />
    </div>
  );
}
