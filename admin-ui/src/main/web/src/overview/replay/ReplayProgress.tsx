import { Alert, Progress } from 'antd';
import { useState } from 'react';
import type { ReplayStatus } from '../../api/replays';
import { humane } from '../../format/duration';
import { count } from '../../format/number';
import { t } from '../../text';
import { percentOf, rateSince, type Sample } from './progress';

const words = t.replays;

interface Props {
  /** Of the configuration's last wish; 0: there was none. */
  wished: number;
  replay: ReplayStatus | null | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/** What has become of the last wish to send something again. */
export function ReplayProgress({ wished, replay, now }: Props) {
  const [first, setFirst] = useState<Sample>();
  if (wished > (replay?.generation ?? 0)) return <Alert type="info" showIcon title={words.waiting} />;
  if (!replay) return null;
  if (replay.refusal) return <Alert type="error" showIcon title={words.refused} description={replay.refusal} />;
  if (first?.generation !== replay.generation) setFirst({ generation: replay.generation, at: replay.at, time: now });
  const done = replay.at >= replay.until;
  const [from, until] = [count(replay.from), count(replay.until)];
  const rate = first && rateSince(first, replay, now);
  return (
    <Alert
      type={done ? 'success' : 'info'}
      showIcon
      title={done ? words.done(from, until) : words.running(from, until)}
      description={
        <>
          {!done && <Progress percent={percentOf(replay)} size="small" status="active" />}
          <div className="muted">
            {done || rate === undefined
              ? words.rows(count(replay.rows))
              : words.progress(count(replay.rows), count(Math.round(rate)), humane(((replay.until - replay.at) / rate) * 1e6))}
          </div>
          {replay.leftOut && <div>{words.leftOut(replay.leftOut.join(', '))}</div>}
        </>
      }
    />
  );
}
