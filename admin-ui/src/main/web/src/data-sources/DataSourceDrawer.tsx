import { App, Button, Drawer, Flex, Form } from 'antd';
import { useState } from 'react';
import { showProblem } from '../api/fieldErrors';
import { testStored, testUnsaved, useSaveDataSource } from '../api/configuration';
import type { DataSource } from '../api/types';
import { RefusedAlert } from '../parts/RefusedAlert';
import { t } from '../text';
import { CaptureFields } from './CaptureFields';
import { CertificateFields } from './CertificateFields';
import { ConnectionFields } from './ConnectionFields';
import { ConnectionTestButton } from './ConnectionTestButton';
import { type DataSourceForm, emptyForm, sameServer, toForm, toInput } from './dataSourceForm';

const words = t.dataSources;

interface Props {
  /** Undefined: a new one. */
  source: DataSource | undefined;
  onClose: () => void;
}

export function DataSourceDrawer({ source, onClose }: Props) {
  const [form] = Form.useForm<DataSourceForm>();
  const { message } = App.useApp();
  const save = useSaveDataSource(source?.name);
  const [refused, setRefused] = useState<string[]>([]);
  const submit = ({ name }: DataSourceForm) =>
    // With what the form doesn't show: it must not be lost.
    save.mutate(toInput(form.getFieldsValue(true) as DataSourceForm), {
      onSuccess: () => {
        message.success(words.saved(name));
        onClose();
      },
      onError: (error) => setRefused(showProblem(form, error)),
    });
  const test = async () => {
    const valid = await form.validateFields().catch(() => undefined);
    if (valid === undefined) return undefined;
    const values = form.getFieldsValue(true) as DataSourceForm;
    if (!source || values.password) return testUnsaved(toInput(values));
    // The browser never has the stored password, and it must not be sent to a server that was typed in just now.
    if (sameServer(source, values)) return testStored(source.name);
    form.setFields([{ name: 'password', errors: [words.error.passwordToTest] }]);
    return undefined;
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(640px, 96vw)"
      title={source ? words.editTitle(source.name) : words.addTitle}
      footer={
        <Flex justify="space-between" gap={8}>
          <ConnectionTestButton run={test} />
          <Flex gap={8}>
            <Button onClick={onClose}>{t.action.cancel}</Button>
            <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
              {source ? t.action.save : t.action.create}
            </Button>
          </Flex>
        </Flex>
      }
    >
      <Form<DataSourceForm>
        form={form}
        layout="vertical"
        initialValues={source ? toForm(source) : emptyForm}
        onFinish={submit}
      >
        <RefusedAlert reasons={refused} />
        <ConnectionFields existing={source !== undefined} passwordSet={source?.passwordSet ?? false} />
        <CertificateFields keySet={source?.certificates?.clientKeySet ?? false} />
        <CaptureFields />
      </Form>
    </Drawer>
  );
}
