import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input } from 'antd';
import type { Path } from '../api/fieldErrors';
import { t } from '../text';
import styles from './Channels.module.css';

const { field, hint, ...words } = t.channels;

interface Props {
  /** The path of the mapping in the form, and its place in its list. */
  at: Path;
  index: number;
}

/** Columns of the target that get one value in all rows of a source table. */
export function ConstantFields({ at, index }: Props) {
  const n = index + 1;
  const text = (place: number, name: 'column' | 'value', label: string, placeholder: string) => (
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
  return (
    <Form.Item className={styles.constants} label={field.set} extra={hint.set}>
      {/* what is refused of the list as a whole shows here */}
      <Form.Item noStyle shouldUpdate>
        {({ getFieldError }) => <Form.ErrorList errors={getFieldError([...at, 'set'])} />}
      </Form.Item>
      <Form.List name={[index, 'set']}>
        {(lines, { add, remove }) => (
          <>
            {lines.map(({ key, name }) => (
              <div key={key} className={styles.constant}>
                {text(name, 'column', field.setColumn, hint.setColumn)}
                <span>=</span>
                {text(name, 'value', field.setValue, hint.setValue)}
                <Form.Item name={[name, 'key']} valuePropName="checked">
                  <Checkbox aria-label={`${field.setKey} ${name + 1}, ${words.mapping(n)}`}>{field.setKey}</Checkbox>
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={words.removeConstant(name + 1, n)}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              size="small"
              icon={<PlusOutlined />}
              aria-label={words.addConstant(n)}
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
