import { Checkbox, Form, Input, Switch } from 'antd';
import { changeKinds } from '../api/types';
import { NamesInput } from '../parts/NamesInput';
import { t } from '../text';

const { field, hint } = t.dataSources.filter;
const at = (name: string) => ['capture', 'filter', name];

/** Which changes enter the source log; nothing set takes all. */
export function FilterFields() {
  const names = (name: 'include' | 'exclude' | 'excludeColumns') => (
    <Form.Item name={at(name)} label={field[name]} extra={hint[name]}>
      <NamesInput aria-label={field[name]} />
    </Form.Item>
  );
  const regex = (name: 'canalRegex' | 'canalBlackRegex') => (
    <Form.Item name={at(name)} label={field[name]} extra={hint[name]}>
      <Input className="mono" spellCheck={false} autoComplete="off" />
    </Form.Item>
  );
  return (
    <>
      {names('include')}
      {names('exclude')}
      {names('excludeColumns')}
      {regex('canalRegex')}
      {regex('canalBlackRegex')}
      <Form.Item name={at('kinds')} label={field.kinds} extra={hint.kinds}>
        <Checkbox.Group options={changeKinds.map((value) => ({ value, label: t.dataSources.filter.kind[value] }))} />
      </Form.Item>
      <Form.Item name={at('ddl')} label={field.ddl} valuePropName="checked" initialValue>
        <Switch />
      </Form.Item>
      <Form.Item name={at('ghostTables')} label={field.ghostTables} extra={hint.ghostTables} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}
