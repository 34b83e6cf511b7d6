import { Tooltip } from 'antd';
import type { PipelineStatus } from '../../api/types';
import { count } from '../../format/number';
import { t } from '../../text';
import { fill, partitionBacklog } from '../pipelineNumbers';
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
        {pipeline.partitions.map((partition) => {
          const rows = partitionBacklog(pipeline, partition);
          const label = t.overview.flow.partition(partition.partition, count(rows), t.state[partition.state]);
          return (
            <Tooltip key={partition.partition} title={label}>
              <i className={styles.bar} data-state={partition.state} role="img" aria-label={label}>
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
