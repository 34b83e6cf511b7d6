import { Alert } from 'antd';
import type { PipelineStatus } from '../../api/types';
import { ago } from '../../format/duration';
import { count } from '../../format/number';
import { StateTag } from '../../parts/StateTag';
import { t } from '../../text';
import { flowOf } from '../pipelineNumbers';
import { Facts } from './Facts';

const { field, ...words } = t.details;

export function DispatchDetails({ pipeline, now }: { pipeline: PipelineStatus; now: number }) {
  const dispatch = pipeline.dispatch;
  if (!dispatch) return <Alert type="warning" showIcon title={words.noDispatch} />;
  return (
    <Facts
      facts={[
        [words.state, <StateTag key="state" state={dispatch.state} error={dispatch.error} />],
        [field.config, count(dispatch.configVersion)],
        [field.sourceSeq, field.outOf(count(dispatch.sourceSeq), count(pipeline.captured))],
        [field.waitingInLog, count(flowOf(pipeline).waitingInLog)],
        [field.epoch, count(dispatch.epoch)],
        [field.read, count(dispatch.read)],
        [field.sent, count(dispatch.dispatched)],
        [field.lastCommit, dispatch.commitMicros > 0 ? t.instances.ago(ago(dispatch.commitMicros / 1_000, now)) : '–'],
      ]}
    />
  );
}
