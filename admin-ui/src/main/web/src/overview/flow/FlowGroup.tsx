import type { InstanceStatus, PipelineStatus, SourceStatus } from '../../api/types';
import { humane } from '../../format/duration';
import { rate, short } from '../../format/number';
import { filePosition } from '../../format/position';
import { t } from '../../text';
import { Arrow } from './Arrow';
import styles from './Flow.module.css';
import { FlowLane } from './FlowLane';
import { FlowNode } from './FlowNode';

const words = t.overview.flow;

interface Props {
  source: SourceStatus;
  pipelines: PipelineStatus[];
  instances: InstanceStatus[];
}

/** A source with its capture and log, which are one however many pipelines follow, and these as lanes. */
export function FlowGroup({ source, pipelines, instances }: Props) {
  const flowing = source.rowsPerSecond > 0;
  const span = { gridRow: `1 / span ${pipelines.length}` };
  const behind = source.behindMicros ?? 0;
  const age = source.state === 'UNKNOWN' ? '' : behind === 0 ? words.upToDate : words.behind(humane(behind));
  return (
    <div className={styles.grid} role="group" aria-label={source.name}>
      <div className={styles.stage} style={span}>
        <FlowNode title={source.name} detail={age} />
      </div>
      <div className={styles.stage} style={span}>
        <Arrow flowing={flowing} />
      </div>
      <div className={styles.stage} style={span}>
        <FlowNode
          state={source.state}
          error={source.error}
          title={words.shortPerSecond(rate(source.rowsPerSecond))}
          detail={filePosition(source) ?? words.noCapture}
          full={[words.perSecond(rate(source.rowsPerSecond)), filePosition(source) ?? words.noCapture].join(' · ')}
        />
      </div>
      <div className={styles.stage} style={span}>
        <Arrow flowing={flowing} />
      </div>
      <div className={`${styles.stage} ${styles.log}`} style={span}>
        <FlowNode title={short(source.seq)} detail={words.entries('').trim()} full={words.entries(source.seq.toLocaleString('en'))} />
      </div>
      {pipelines.map((pipeline, row) => (
        <FlowLane key={pipeline.name} pipeline={pipeline} instances={instances} row={row + 1} />
      ))}
    </div>
  );
}
