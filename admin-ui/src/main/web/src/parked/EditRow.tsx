import { Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import type { Cell, ParkedRow } from '../api/types';
import { t } from '../text';
import { changedCells } from './changedCells';

const words = t.parked;

interface Props {
  row: ParkedRow;
  pending: boolean;
  onCancel: () => void;
  onSave: (cells: Record<string, Cell>) => void;
}

/** The row's cells as JSON to be changed; only what differs is sent. */
export function EditRow({ row, pending, onCancel, onSave }: Props) {
  const shown = Object.fromEntries(Object.entries(row.after ?? {}).filter(([column]) => !row.shortened?.includes(column)));
  const [text, setText] = useState(() => JSON.stringify(shown, null, 2));
  const [error, setError] = useState<string>();
  const save = () => {
    try {
      const cells = changedCells(shown, text, words.edit.wrong);
      if (Object.keys(cells).length === 0) setError(words.edit.nothing);
      else onSave(cells);
    } catch (wrong) {
      setError((wrong as Error).message);
    }
  };
  return (
    <Modal
      open
      title={words.edit.title(words.entryOf(row.seq, row.targetTable))}
      okText={words.edit.save}
      cancelText={t.action.cancel}
      confirmLoading={pending}
      onOk={save}
      onCancel={onCancel}
    >
      <Typography.Paragraph type="secondary">{words.edit.hint}</Typography.Paragraph>
      <Input.TextArea
        className="mono"
        autoSize={{ minRows: 6, maxRows: 18 }}
        aria-label={words.edit.cells}
        status={error === undefined ? undefined : 'error'}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
      />
      {error !== undefined && <Typography.Text type="danger" role="alert">{error}</Typography.Text>}
    </Modal>
  );
}
