import { Card } from 'antd';
import type { Status } from '../../api/types';
import { t } from '../../text';
import styles from './Flow.module.css';
import { FlowGroup } from './FlowGroup';
import { bySource } from './bySource';

const words = t.overview.flow;
const stages = [words.source, words.capture, words.log, words.dispatcher, words.partitions, words.target];

/** The way of the rows: each source is read once into its log, which any number of pipelines follow. */
export function FlowCard({ status }: { status: Status }) {
  return (
    <Card title={words.title} extra={<span className={`muted ${styles.hint}`}>{words.hint}</span>} styles={{ body: { padding: '12px 20px 18px' } }}>
      <div className={styles.scroll}>
        <div className={`${styles.grid} ${styles.heads}`} aria-hidden>
          {stages.map((stage) => (
            <span key={stage} className={styles.head}>
              {stage}
            </span>
          ))}
        </div>
        {bySource(status).map(({ source, pipelines }) => (
          <FlowGroup key={source.name} source={source} pipelines={pipelines} instances={status.instances} />
        ))}
      </div>
    </Card>
  );
}
