import { Collapse, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Path } from '../api/fieldErrors';

interface Props {
  label: string;
  /** Paths of the form under which its fields are. */
  within: Path[];
  children: ReactNode;
}

/** Part of a form that is folded away until it is asked for or something in it is wrong. */
export function Fold({ label, within, children }: Props) {
  const [open, setOpen] = useState(false);
  const isIn = (name: Path) => within.some((path) => path.every((part, i) => name[i] === part));
  return (
    <Form.Item noStyle shouldUpdate>
      {({ getFieldsError }) => {
        const wrong = getFieldsError().some(({ name, errors }) => errors.length > 0 && isIn(name));
        return (
          <Collapse
            ghost
            style={{ marginInline: -16 }}
            activeKey={open || wrong ? ['fold'] : []}
            onChange={(keys) => setOpen(keys.length > 0)}
            items={[{ key: 'fold', label, forceRender: true, children }]}
          />
        );
      }}
    </Form.Item>
  );
}
