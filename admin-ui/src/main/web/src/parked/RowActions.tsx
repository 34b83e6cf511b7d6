import { App, Button, Space } from 'antd';
import { useState } from 'react';
import { useRepair, type Repair } from '../api/parked';
import type { ParkedRow } from '../api/types';
import { Confirm } from '../parts/Confirm';
import { t } from '../text';
import { EditRow } from './EditRow';

const words = t.parked;

interface Props {
  row: ParkedRow;
  /** Whether no other row of its table comes before it. */
  first: boolean;
}

/** Retry, edit and skip. */
export function RowActions({ row, first }: Props) {
  const { message } = App.useApp();
  const [editing, setEditing] = useState(false);
  const repair = useRepair();
  const name = words.entryOf(row.seq, row.targetTable);
  const ask = (what: Repair) =>
    repair.mutate(what, {
      onSuccess: () => {
        setEditing(false);
        void message.success(words.asked);
      },
      onError: (error) => void message.error(error.message, 6),
    });
  return (
    <Space size={4}>
      <Button
        size="small"
        disabled={!first}
        loading={repair.isPending}
        title={first ? undefined : words.notFirst}
        aria-label={t.action.of(t.action.retry, name)}
        onClick={() => ask({ what: 'retry', id: row.id })}
      >
        {t.action.retry}
      </Button>
      <Button
        size="small"
        disabled={row.after === undefined}
        aria-label={t.action.of(t.action.edit, name)}
        onClick={() => setEditing(true)}
      >
        {t.action.edit}
      </Button>
      <Confirm
        title={words.skipTitle(name)}
        description={words.skipBody}
        okText={words.skip}
        placement="bottomRight"
        onConfirm={() => ask({ what: 'skip', id: row.id })}
      >
        <Button size="small" danger aria-label={t.action.of(words.skip, name)}>
          {words.skip}
        </Button>
      </Confirm>
      {editing && (
        <EditRow
          row={row}
          pending={repair.isPending}
          onCancel={() => setEditing(false)}
          onSave={(cells) => ask({ what: 'retry', id: row.id, cells })}
        />
      )}
    </Space>
  );
}
