import { Tooltip, type TableColumnType } from 'antd';
import type { ReactNode } from 'react';
import type { History, Sample } from '../api/history';
import { humane } from '../format/duration';
import { rate, short } from '../format/number';
import { Sparkline } from '../parts/Sparkline';
import { StateTag } from '../parts/StateTag';
import { t } from '../text';
import styles from './Overview.module.css';
import { PipelineActions } from './PipelineActions';
import { PipelineName, Position, Progress } from './PipelineCells';
import { pending, type Row } from './pipelineRows';

const words = t.overview.table;
type PipelineRow = Extract<Row, { kind: 'pipeline' }>;

/** Columns of the pipelines; a narrow page goes without what the details show as well. */
export function columnsFor(history: History, wide: boolean): TableColumnType<Row>[] {
  const trend = (name: string, label: string, value: (sample: Sample) => number) =>
    wide && <Sparkline label={label} values={(history[name] ?? []).map(value)} width={92} height={18} />;
  const columns = [
    column(words.pipeline, ({ pipeline }) => <PipelineName pipeline={pipeline} />),
    column(words.state, ({ pipeline }) => <StateTag state={pipeline.state} error={pipeline.error} wanted={pending(pipeline)} />),
    column(words.rate, ({ pipeline: { name, rowsPerSecond } }) => (
      <span className={styles.trend}>
        {rate(rowsPerSecond)}
        {trend(name, words.rateTrend(name), (sample) => sample.rowsPerSecond)}
      </span>
    )),
    column(words.lag, ({ pipeline: { name, lagP50Micros, lagP99Micros } }) => (
      <span className={`${styles.trend} nowrap`}>
        {lagP99Micros ? `${humane(lagP50Micros)} / ${humane(lagP99Micros)}` : '–'}
        {trend(name, words.lagTrend(name), (sample) => sample.lagP99Micros)}
      </span>
    )),
    { ...column(words.backlog, ({ pipeline }) => short(pipeline.backlog)), align: 'end' as const },
    column(<Tooltip title={words.progressHint}>{words.progress}</Tooltip>, ({ pipeline }) => <Progress pipeline={pipeline} />),
    ...(wide ? [column(words.position, ({ place }) => <Position place={place} />)] : []),
    column(<span className="visually-hidden">{words.actions}</span>, ({ pipeline: { name, desired, state } }) => (
      <PipelineActions pipeline={name} desired={desired} suspended={state === 'SUSPENDED'} />
    )),
  ];
  return columns.map((one, i) => ({
    ...one,
    key: i,
    ...(i === columns.length - 1 && { fixed: 'end' as const }),
    onCell: (row) => (row.kind === 'channel' ? { colSpan: i === 0 ? columns.length : 0 } : {}),
  }));
}

function column(title: ReactNode, render: (row: PipelineRow) => ReactNode): TableColumnType<Row> {
  return { title, render: (_, row) => (row.kind === 'channel' ? words.channel(row.channel) : render(row)) };
}
