import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import type { ColumnRules } from '../api/types';
import { NamesInput } from '../parts/NamesInput';
import { t } from '../text';
import { ruleCount } from './channelForm';
import { RenameInput } from './RenameInput';

const { field, hint, ...words } = t.channels;

interface Props {
  mapping: number;
  /** From the form item around it. */
  value?: ColumnRules | null;
  onChange?: (value: ColumnRules) => void;
}

/** A button that says how many rules there are and opens them. */
export function ColumnRulesInput({ mapping, value, onChange }: Props) {
  const [draft, setDraft] = useState<ColumnRules>();
  const rules = ruleCount(value);
  const summary = rules === 0 ? words.columnsAll : words.columnsSome(rules);
  const names = (which: 'include' | 'exclude') => (
    <Form.Item label={field[which]}>
      <NamesInput
        placeholder={hint.columnNames}
        aria-label={field[which]}
        value={draft?.[which] ?? []}
        onChange={(list: string[]) => setDraft({ ...draft, [which]: list })}
      />
    </Form.Item>
  );
  return (
    <>
      <Button block onClick={() => setDraft(value ?? {})} aria-label={`${field.columns}, ${words.mapping(mapping)}: ${summary}`}>
        {summary}
      </Button>
      <Modal
        open={draft !== undefined}
        title={`${field.columns}, ${words.mapping(mapping)}`}
        okText={t.action.apply}
        cancelText={t.action.cancel}
        onCancel={() => setDraft(undefined)}
        onOk={() => {
          onChange?.(draft ?? {});
          setDraft(undefined);
        }}
      >
        <Form layout="vertical" component="div">
          {names('include')}
          {names('exclude')}
          <Form.Item label={field.rename}>
            <RenameInput value={draft?.rename ?? {}} onChange={(rename) => setDraft({ ...draft, rename })} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
