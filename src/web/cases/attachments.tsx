import {
  type Attachment,
  addAttachment,
  largestAttachment,
  withdrawAttachment,
} from "#src/platform/intake/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  Button,
  Disclosure,
  FileField,
  Form,
  Notification,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import type { PanelForm } from "./panel-form.ts";
import { casePath } from "./paths.ts";
import { useSent } from "./sent.tsx";
import { mayEnter, type Shown } from "./shown.ts";

const typeWords = {
  "application/pdf": "PDF",
  "image/png": "PNG",
  "image/jpeg": "JPEG",
} as const satisfies Record<Attachment["mediaType"], string>;

const largest = `${largestAttachment / 1024 / 1024}MB`;

/** Scans of what was handed in, to be looked at, added and taken back. */
export function AttachmentsPanel(shown: Shown) {
  const { view, screens } = shown;
  const { documents } = screens.application;
  const path = `${casePath(view.found)}/attachments`;
  const may = mayEnter(shown);
  const withdraw = {
    title: "取下げ",
    cell: ({ id }: Attachment) => (
      <Form action={`${path}/${id}/withdrawal`} class="inline-form">
        <Button confirm="この添付を取り下げます。よろしいですか。" look="quiet">
          取り下げる
        </Button>
      </Form>
    ),
    nowrap: true,
  };
  return (
    <Panel title="添付（書類の写し）">
      {view.masked && view.attachments.length > 0 && (
        <Notification tone="info">
          支援措置の対象者です。添付は、住所を扱う権限のある職員だけが開けます。
        </Notification>
      )}
      <Table
        caption="添付"
        rows={view.attachments}
        empty="添付はありません。"
        {...(view.masked ? {} : { href: ({ id }: Attachment) => `${path}/${id}` })}
        columns={[
          {
            title: "書類",
            cell: ({ documentCode }) => documents[documentCode ?? ""]?.title ?? "その他の書類",
          },
          {
            title: "ファイル",
            cell: ({ mediaType, bytes }) => `${typeWords[mediaType]} ${sizeOf(bytes)}`,
            nowrap: true,
          },
          {
            title: "登録",
            cell: ({ addedAt, staffName }) => `${showMoment(addedAt)} ${staffName}`,
          },
          ...(may ? [withdraw] : []),
        ]}
      />
      {may && <AddForm {...shown} />}
    </Panel>
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.ceil(bytes / 1024).toLocaleString("ja-JP")}KB`
    : `${(bytes / 1024 / 1024).toFixed(1)}MB`;

function AddForm({ screens, view }: Shown) {
  const { values, errors, sent } = useSent("attachment");
  return (
    <Disclosure title="書類の写しを添付する…" open={sent}>
      <Form
        action={`${casePath(view.found)}/attachments`}
        class="form stacked"
        files
        values={values}
        errors={errors}
      >
        <SelectField
          name="document"
          label="書類"
          empty="その他の書類"
          options={Object.entries(screens.application.documents).map(([value, { title }]) => ({
            value,
            label: title,
          }))}
        />
        <FileField
          name="scan"
          label="ファイル"
          required
          accept="application/pdf,image/png,image/jpeg"
          hint={`PDF、PNG、JPEG、${largest}まで`}
        />
        <Button look="secondary">添付する</Button>
      </Form>
    </Disclosure>
  );
}

export const addAttachmentForm: PanelForm = {
  path: "attachments",
  audit: "attachment.added",
  purpose: "counter",
  // Room for a file that is too large, so that the form comes back and says so.
  takesFiles: "25mb",
  event: () => "attachment",
  async run(work, { screens, found, form }) {
    const file = form.file("scan");
    if (!file) throw new EntryProblem("scan", "ファイルを選んでください。");
    const codes = Object.keys(screens.application.documents);
    const documentCode = form.choice("document", codes) ?? null;
    const bytes = new Uint8Array(await file.arrayBuffer());
    await addAttachment(work, found.id, { bytes, documentCode });
    return { said: "ファイルを添付しました。" };
  },
};

export const withdrawAttachmentForm: PanelForm = {
  path: "attachments/:attachmentId/withdrawal",
  audit: "attachment.withdrawn",
  purpose: "case",
  event: () => "attachment",
  async run(work, { found, params }) {
    await withdrawAttachment(work, found.id, params.attachmentId ?? "");
    return { said: "添付を取り下げました。" };
  },
};
