import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Input, Segmented } from 'antd';
import { t } from '../text';
import { allTables, type Rows } from './snapshotForm';

const { field, hint, error, ...words } = t.snapshots;
const required = { required: true, message: error.required };
const choices: Rows[] = ['ALL', 'WHERE', 'KEYS'];

/** Which tables, and which of their rows. */
export function TablesFields() {
  return (
    <Form.List name="tables">
      {(tables, { add, remove }) => (
        <Flex vertical gap={12} style={{ marginBottom: 24 }}>
          {tables.map(({ key, name }) => (
            <Card
              key={key}
              size="small"
              title={words.tablesNumber(name + 1)}
              extra={
                tables.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    onClick={() => remove(name)}
                    aria-label={words.removeTables(name + 1)}
                  />
                )
              }
            >
              <OneTables index={name} />
            </Card>
          ))}
          <div>
            <Button size="small" icon={<PlusOutlined />} onClick={() => add(allTables)}>
              {words.addTables}
            </Button>
          </div>
        </Flex>
      )}
    </Form.List>
  );
}

function OneTables({ index }: { index: number }) {
  const rows = Form.useWatch<Rows | undefined>(['tables', index, 'rows']);
  return (
    <>
      <Flex gap={12}>
        <Form.Item name={[index, 'schema']} label={field.schema} rules={[required]} style={{ flex: 1 }}>
          <Input className="mono" spellCheck={false} />
        </Form.Item>
        <Form.Item name={[index, 'table']} label={field.table} extra={hint.table} rules={[required]} style={{ flex: 1 }}>
          <Input className="mono" spellCheck={false} />
        </Form.Item>
      </Flex>
      <Form.Item name={[index, 'rows']} label={field.rows}>
        <Segmented options={choices.map((value) => ({ value, label: words.choice[value] }))} />
      </Form.Item>
      {rows === 'WHERE' && (
        <Form.Item name={[index, 'where']} label={field.where} extra={hint.where} rules={[required]}>
          <Input className="mono" spellCheck={false} placeholder="created >= '2026-01-01'" />
        </Form.Item>
      )}
      {rows === 'KEYS' && (
        <Form.Item name={[index, 'keys']} label={field.keys} extra={hint.keys} rules={[required]}>
          <Input.TextArea className="mono" autoSize={{ minRows: 3, maxRows: 10 }} spellCheck={false} />
        </Form.Item>
      )}
    </>
  );
}
