import { combine, type History } from '../api/history';
import type { Status } from '../api/types';
import { humane } from '../format/duration';
import { count, rate, short } from '../format/number';
import { Sparkline } from '../parts/Sparkline';
import { t } from '../text';
import styles from './Overview.module.css';
import { totalsOf, type Totals } from './pipelineNumbers';
import { Tile } from './Tile';

const words = t.overview.tiles;
const add = (a: number, b: number) => a + b;

/** What an operator wants to know first, over all pipelines. */
export function Tiles({ status, history }: { status: Status; history: History }) {
  const totals = totalsOf(status.channels.flatMap((channel) => channel.pipelines));
  const alive = status.instances.filter((instance) => instance.alive).length;
  const silent = status.instances.length - alive;
  const trend = (label: string, values: number[]) => (
    <Sparkline label={label} values={values} width={88} />
  );
  return (
    <div className={styles.tiles}>
      <Tile label={words.pipelines} value={count(totals.running)} small={words.of(totals.pipelines)} foot={<Health totals={totals} />} />
      <Tile
        label={words.throughput}
        value={rate(totals.rowsPerSecond)}
        trend={trend(words.throughput, combine(history, (sample) => sample.rowsPerSecond, add))}
      />
      <Tile
        label={words.backlog}
        value={short(totals.backlog)}
        trend={trend(words.backlog, combine(history, (sample) => sample.backlog, add))}
      />
      <Tile
        label={words.lag}
        value={humane(totals.lagP99Micros)}
        foot={words.p50(humane(totals.lagP50Micros))}
        trend={trend(words.lag, combine(history, (sample) => sample.lagP99Micros, Math.max))}
      />
      <Tile
        label={words.instances}
        value={count(alive)}
        small={words.of(status.instances.length)}
        foot={<Reports alive={alive} silent={silent} />}
      />
    </div>
  );
}

/** What is not as wanted, the worst first. */
function Health({ totals: { failed, retrying, unsettled } }: { totals: Totals }) {
  if (failed > 0 && retrying > 0) {
    return (
      <>
        <span className={styles.bad}>{words.failed(failed)}</span> ·{' '}
        <span className={styles.warn}>{words.retrying(retrying)}</span>
      </>
    );
  }
  if (failed > 0) return <span className={styles.bad}>{words.failed(failed)}</span>;
  if (retrying > 0) return <span className={styles.warn}>{words.retrying(retrying)}</span>;
  return unsettled > 0 ? <span className={styles.warn}>{words.unsettled(unsettled)}</span> : words.allWell;
}

function Reports({ alive, silent }: { alive: number; silent: number }) {
  if (silent > 0) return <span className={styles.bad}>{words.instancesLost(silent)}</span>;
  return alive === 0 ? <span className={styles.bad}>{words.noInstances}</span> : words.instancesWell;
}
