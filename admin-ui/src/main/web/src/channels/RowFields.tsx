import { Checkbox, Form, Input } from 'antd';
import type { Path } from '../api/fieldErrors';
import { changeKinds } from '../api/types';
import { t } from '../text';
import styles from './Channels.module.css';

const { field, hint, ...words } = t.channels;

interface Props {
  /** The path of the filter in the form, and the mapping's place in its list. */
  at: Path;
  index: number;
  open: boolean;
}

/** Which rows of its tables a mapping takes; shown when asked for, or when something is wrong with it. */
export function RowFields({ at, index, open }: Props) {
  const n = index + 1;
  return (
    <Form.Item noStyle shouldUpdate>
      {({ getFieldError }) => (
        <div className={styles.rows} hidden={!open && getFieldError([...at, 'where']).length === 0}>
          <Form.Item name={[index, 'rows', 'where']} label={field.where} extra={hint.where}>
            <Input
              className="mono"
              placeholder={hint.whereExample}
              spellCheck={false}
              autoComplete="off"
              aria-label={`${field.where}, ${words.mapping(n)}`}
            />
          </Form.Item>
          <Form.Item name={[index, 'rows', 'kinds']} label={field.kinds} extra={hint.kinds}>
            <Checkbox.Group options={changeKinds.map((value) => ({ value, label: words.kind[value] }))} />
          </Form.Item>
        </div>
      )}
    </Form.Item>
  );
}
