import { Alert, Flex } from 'antd';
import type { PipelineStatus, SourceStatus } from '../../api/types';
import { ago, humane } from '../../format/duration';
import { bytes, count } from '../../format/number';
import { filePosition } from '../../format/position';
import { CopyButton } from '../../parts/CopyButton';
import { StateTag } from '../../parts/StateTag';
import { t } from '../../text';
import { Facts } from './Facts';

const { field, ...words } = t.details;

interface Props {
  pipeline: PipelineStatus;
  source: SourceStatus | undefined;
  now: number;
}

/** How the source of a pipeline is captured; shared by all pipelines that follow it. */
export function CaptureDetails({ pipeline, source, now }: Props) {
  const capture = pipeline.capture;
  const place = capture ?? source;
  if (place === undefined) return <Alert type="warning" showIcon title={words.noCapture} />;
  const moment = (micros: number) => (micros > 0 ? t.instances.ago(ago(micros / 1_000, now)) : '–');
  return (
    <Facts
      facts={[
        [words.state, <StateTag key="state" state={(source ?? place).state} error={(source ?? place).error} />],
        [field.instance, <span key="instance" className="mono">{source?.instance ?? '–'}</span>],
        [field.file, <Copyable key="file" text={filePosition(place)} />],
        [field.gtid, <Copyable key="gtid" text={place.gtid ?? undefined} />],
        [field.seq, count(place.seq)],
        [field.lastCommit, moment(place.commitMicros)],
        [field.behind, humane(source?.behindMicros)],
        ...(capture
          ? ([
              [field.epoch, count(capture.epoch)],
              [field.entries, count(capture.entries)],
              [field.bytes, bytes(capture.bytes)],
              [field.heard, moment(capture.readMicros)],
            ] as [string, string][])
          : []),
      ]}
    />
  );
}

function Copyable({ text }: { text: string | undefined }) {
  if (text === undefined) return '–';
  return (
    <Flex align="center" gap={4}>
      <span className="mono" style={{ overflowWrap: 'anywhere' }}>{text}</span>
      <CopyButton text={text} />
    </Flex>
  );
}
