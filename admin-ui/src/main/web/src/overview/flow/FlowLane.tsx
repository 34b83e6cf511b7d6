import type { CSSProperties } from 'react';
import { Link } from 'react-router';
import type { InstanceStatus, PipelineStatus } from '../../api/types';
import { rate } from '../../format/number';
import { t } from '../../text';
import { dispatcherState, flowOf, sinkState } from '../pipelineNumbers';
import { Arrow } from './Arrow';
import styles from './Flow.module.css';
import { FlowNode } from './FlowNode';
import { PartitionBars } from './PartitionBars';

interface Props {
  pipeline: PipelineStatus;
  instances: InstanceStatus[];
  /** Of the grid, from 1. */
  row: number;
}

/** One pipeline from the log to its target. */
export function FlowLane({ pipeline, instances, row }: Props) {
  const flow = flowOf(pipeline);
  const sink = sinkState(pipeline);
  const flowing = pipeline.rowsPerSecond > 0;
  const at = (column: number): CSSProperties => ({ gridRow: row, gridColumn: column });
  return (
    <>
      <div className={styles.cell} style={at(6)}>
        <Arrow flowing={flowing} waiting={flow.waitingInLog} rowsPerSecond={pipeline.rowsPerSecond} />
      </div>
      <div className={styles.cell} style={at(7)}>
        <FlowNode
          state={dispatcherState(pipeline, instances)}
          error={pipeline.dispatch?.error}
          title={<Link to={`/overview/${encodeURIComponent(pipeline.name)}`}>{pipeline.name}</Link>}
        />
      </div>
      <div className={styles.cell} style={at(8)}>
        <Arrow flowing={flowing} />
      </div>
      <div className={styles.cell} style={at(9)}>
        <PartitionBars pipeline={pipeline} waiting={flow.waitingInPartitions} />
      </div>
      <div className={styles.cell} style={at(10)}>
        <Arrow flowing={flowing} />
      </div>
      <div className={styles.cell} style={at(11)}>
        <FlowNode
          state={sink.state}
          error={sink.error}
          title={pipeline.target}
          detail={t.overview.flow.shortPerSecond(rate(pipeline.rowsPerSecond))}
          full={t.overview.flow.perSecond(rate(pipeline.rowsPerSecond))}
        />
      </div>
    </>
  );
}
