import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Typography } from 'antd';
import { t } from '../text';
import { emptyMapping } from './channelForm';
import styles from './Channels.module.css';
import { MappingFields } from './MappingFields';

const { field, hint, ...words } = t.channels;

interface Props {
  pipeline: number;
  /** The target is Redis: rows become cache entries. */
  cache: boolean;
}

export function MappingsFields({ pipeline, cache }: Props) {
  const heads = cache
    ? [field.schema, field.table, '', field.cacheKey, field.cacheFormat, field.cacheTtl, field.columns, field.more]
    : [field.schema, field.table, '', field.targetSchema, field.targetTable, field.columns, field.more];
  return (
    <Form.List name={[pipeline, 'mappings']}>
      {(mappings, { add, remove, move }) => (
        <section>
          <Typography.Title level={2} style={{ fontSize: 14, margin: '0 0 2px' }}>
            {words.mappings}
          </Typography.Title>
          <Typography.Paragraph type="secondary" style={{ fontSize: 13, marginBottom: 10 }}>
            {hint.mappings}
          </Typography.Paragraph>
          <div className={styles.mappings}>
            <div className={`${styles.mapping} ${styles.heads} ${cache ? styles.cache : ''}`} aria-hidden>
              {heads.map((head, i) => (
                <span key={i}>{head}</span>
              ))}
            </div>
            {mappings.map(({ key, name }) => (
              <MappingFields
                key={key}
                pipeline={pipeline}
                index={name}
                cache={cache}
                onUp={name > 0 ? () => move(name, name - 1) : undefined}
                onRemove={() => remove(name)}
              />
            ))}
          </div>
          <Button size="small" icon={<PlusOutlined />} onClick={() => add(emptyMapping)}>
            {words.addMapping}
          </Button>
        </section>
      )}
    </Form.List>
  );
}
