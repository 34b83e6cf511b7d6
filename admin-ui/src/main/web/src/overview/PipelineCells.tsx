import { ArrowRightOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { Link } from 'react-router';
import type { PipelineStatus } from '../api/types';
import { count } from '../format/number';
import { filePosition, type Place, shortGtid } from '../format/position';
import { t } from '../text';
import styles from './Overview.module.css';
import { flowOf } from './pipelineNumbers';

const words = t.overview.table;

export function PipelineName({ pipeline: { name, source, target } }: { pipeline: PipelineStatus }) {
  return (
    <>
      <Link to={`/overview/${encodeURIComponent(name)}`} className={styles.name} aria-label={words.openDetails(name)}>
        {name}
      </Link>
      <div className={`${styles.ends} nowrap`}>
        {source} <ArrowRightOutlined style={{ fontSize: 10 }} /> {target}
      </div>
    </>
  );
}

export function Progress({ pipeline }: { pipeline: PipelineStatus }) {
  const { captured, dispatched, applied } = flowOf(pipeline);
  return (
    <dl className={styles.progress}>
      <dt>{words.captured}</dt>
      <dd>{count(captured)}</dd>
      <dt>{words.dispatched}</dt>
      <dd>{count(dispatched)}</dd>
      <dt>{words.applied}</dt>
      <dd>{count(applied)}</dd>
    </dl>
  );
}

export function Position({ place }: { place: Place }) {
  const file = filePosition(place);
  const gtid = place.gtid;
  if (file === undefined && !gtid) return <span className="muted">{words.noPosition}</span>;
  return (
    <span className="mono nowrap">
      {file}
      {gtid && (
        <Tooltip title={gtid}>
          <div className="muted">{shortGtid(gtid)}</div>
        </Tooltip>
      )}
    </span>
  );
}
