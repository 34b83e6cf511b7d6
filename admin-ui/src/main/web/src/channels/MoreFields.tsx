import { Checkbox, Form, Input } from 'antd';
import type { Path } from '../api/fieldErrors';
import { changeKinds } from '../api/types';
import { t } from '../text';
import styles from './Channels.module.css';
import { SetFields } from './SetFields';

const { field, hint, ...words } = t.channels;

interface Props {
  /** The path of the mapping in the form, and its place in its list. */
  at: Path;
  index: number;
  /** The target is Redis: rows become cache entries. */
  cache: boolean;
  open: boolean;
}

/** Which rows of its tables a mapping takes, what it sets in them and whether it makes tables; shown when asked for, or when something is wrong. */
export function MoreFields({ at, index, cache, open }: Props) {
  const n = index + 1;
  const isIn = (name: Path) =>
    at.every((part, i) => name[i] === part) && ['rows', 'set', 'createTable'].includes(String(name[at.length]));
  return (
    <Form.Item noStyle shouldUpdate>
      {({ getFieldsError }) => (
        <div className={styles.more} hidden={!open && !getFieldsError().some(({ name, errors }) => errors.length > 0 && isIn(name))}>
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
          {!cache && <SetFields at={at} index={index} />}
          {!cache && (
            <Form.Item name={[index, 'createTable']} valuePropName="checked" extra={hint.createTable}>
              <Checkbox aria-label={`${field.createTable}, ${words.mapping(n)}`}>{field.createTable}</Checkbox>
            </Form.Item>
          )}
        </div>
      )}
    </Form.Item>
  );
}
