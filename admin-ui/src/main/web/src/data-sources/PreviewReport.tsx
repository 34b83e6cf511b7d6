import { Alert, Descriptions } from 'antd';
import type { PositionPreview } from '../api/positions';
import { bytes, count } from '../format/number';
import { filePosition } from '../format/position';
import { t } from '../text';

const words = t.position;

/** What a position means: where it is, what would be skipped or repeated. */
export function PreviewReport({ preview }: { preview: PositionPreview }) {
  const { log, problem, server } = preview;
  if (!preview.possible) return <Alert type="error" showIcon title={words.impossible} description={problem} />;
  const mono = (text: string | null | undefined) => (
    <span className="mono" style={{ overflowWrap: 'anywhere' }}>{text ?? '–'}</span>
  );
  return (
    <>
      <Alert
        type={log?.effect === 'NONE' ? 'success' : 'warning'}
        showIcon
        title={log?.meaning ?? words.unknownMeaning}
      />
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'server', label: words.server, children: mono(server) },
          { key: 'place', label: words.place, children: mono(filePosition(preview)) },
          { key: 'commit', label: words.firstCommit, children: preview.firstCommit ?? words.noCommit },
          { key: 'gtid', label: words.firstGtid, children: mono(preview.firstGtid) },
          { key: 'behind', label: words.behind, children: words.behindValue(bytes(preview.behindBytes), count(preview.behindFiles)) },
        ]}
      />
    </>
  );
}
