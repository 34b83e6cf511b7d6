import { Form, Input } from 'antd';
import type { Kind } from '../api/types';
import { Fold } from '../parts/Fold';
import { t } from '../text';
import { takesCertificates } from './dataSourceForm';

const { field, hint, group } = t.dataSources;

/** Certificates as PEM text; the private key only goes in. */
export function CertificateFields({ keySet }: { keySet: boolean }) {
  const kind = Form.useWatch<Kind | undefined>('kind');
  if (kind === undefined || !takesCertificates(kind)) return null;
  const pem = (name: 'trusted' | 'client' | 'clientKey', placeholder: string, extra: string) => (
    <Form.Item name={['certificates', name]} label={field[name]} extra={extra}>
      <Input.TextArea
        className="mono"
        autoSize={{ minRows: 2, maxRows: 8 }}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
      />
    </Form.Item>
  );
  return (
    <Fold label={group.certificates} within={[['certificates']]}>
      {pem('trusted', '-----BEGIN CERTIFICATE-----', hint.trusted)}
      {pem('client', '-----BEGIN CERTIFICATE-----', hint.client)}
      {pem('clientKey', '-----BEGIN PRIVATE KEY-----', keySet ? hint.keepKey : hint.clientKey)}
    </Fold>
  );
}
