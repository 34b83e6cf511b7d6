import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import type { Path } from '../api/fieldErrors';
import type { SetColumn } from '../api/types';
import { t } from '../text';
import styles from './Channels.module.css';

const { field, hint, ...words } = t.channels;

interface Props {
  /** The path of the mapping in the form, and its place in its list. */
  at: Path;
  index: number;
}

interface LineProps extends Props {
  /** Its place among the columns that the mapping sets. */
  place: number;
  remove: () => void;
}

/** Columns of the target that get one value in all rows of a source table, or what an expression makes of each row. */
export function SetFields({ at, index }: Props) {
  return (
    <Form.Item className={styles.setColumns} label={field.set} extra={hint.set}>
      {/* what is refused of the list as a whole shows here */}
      <Form.Item noStyle shouldUpdate>
        {({ getFieldError }) => <Form.ErrorList errors={getFieldError([...at, 'set'])} />}
      </Form.Item>
      <Form.List name={[index, 'set']}>
        {(lines, { add, remove }) => (
          <>
            {lines.map(({ key, name }) => (
              <SetLine key={key} at={at} index={index} place={name} remove={() => remove(name)} />
            ))}
            <Button
              size="small"
              icon={<PlusOutlined />}
              aria-label={words.addSetColumn(index + 1)}
              onClick={() => add({ column: '', value: '', key: false })}
            >
              {t.action.add}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

function SetLine({ at, index, place, remove }: LineProps) {
  const form = Form.useFormInstance();
  const path = [...at, 'set', place];
  const expression = Form.useWatch<string | null | undefined>([...path, 'expression'], { form, preserve: true });
  const computed = typeof expression === 'string';
  const n = index + 1;
  const text = (name: 'column' | 'value' | 'expression', label: string, placeholder: string) => (
    <Form.Item name={[place, name]}>
      <Input
        className="mono"
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-label={`${label} ${place + 1}, ${words.mapping(n)}`}
      />
    </Form.Item>
  );
  const choose = (kind: 'value' | 'expression') => {
    const { column, value, expression: old } = form.getFieldValue(path) as SetColumn;
    const typed = value ?? old ?? '';
    form.setFieldValue(path, kind === 'value' ? { column, value: typed, key: false } : { column, expression: typed });
  };
  return (
    <div className={styles.setColumn}>
      {text('column', field.setColumn, hint.setColumn)}
      <span>=</span>
      <Select
        value={computed ? 'expression' : 'value'}
        options={[
          { value: 'value', label: field.setValue },
          { value: 'expression', label: field.setExpression },
        ]}
        aria-label={`${field.setKind} ${place + 1}, ${words.mapping(n)}`}
        onChange={choose}
      />
      {computed
        ? text('expression', field.setExpression, hint.setExpression)
        : text('value', field.setValue, hint.setValue)}
      <div>
        <Form.Item name={[place, 'key']} valuePropName="checked" hidden={computed}>
          <Checkbox aria-label={`${field.setKey} ${place + 1}, ${words.mapping(n)}`}>{field.setKey}</Checkbox>
        </Form.Item>
      </div>
      <Button type="text" icon={<DeleteOutlined />} aria-label={words.removeSetColumn(place + 1, n)} onClick={remove} />
    </div>
  );
}
