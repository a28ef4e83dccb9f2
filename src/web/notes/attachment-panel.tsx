import { type Attachment, largestAttachment } from "#src/platform/notes/index.ts";
import { useSent } from "../cases/sent.tsx";
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

const typeWords = {
  "application/pdf": "PDF",
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/tiff": "TIFF",
} as const satisfies Record<Attachment["mediaType"], string>;

const largest = `${largestAttachment / 1024 / 1024}MB`;

interface AttachmentPanelProps {
  attachments: readonly Attachment[];
  /** Where the files stand, and where one is sent to. */
  path: `/${string}`;
  /** Whether somebody's address is withheld from who looks. */
  masked: boolean;
  /** What paper it is, in words. */
  titleOf(attachment: Attachment): string;
  /** What papers may be added; none for those who may add none. */
  documents?: readonly { value: string; label: string }[] | undefined;
  /** The choice that names no paper, where the papers have none of their own. */
  other?: string;
}

/** Scans of papers, to be looked at, added and taken back. */
export function AttachmentPanel(props: AttachmentPanelProps) {
  const { attachments, path, masked, titleOf, documents } = props;
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
      {masked && attachments.length > 0 && (
        <Notification tone="info">
          支援措置の対象者です。添付は、住所を扱う権限のある職員だけが開けます。
        </Notification>
      )}
      <Table
        caption="添付"
        rows={attachments}
        empty="添付はありません。"
        {...(masked ? {} : { href: ({ id }: Attachment) => `${path}/${id}` })}
        columns={[
          { title: "書類", cell: titleOf },
          {
            title: "ファイル",
            cell: ({ mediaType, bytes }) => `${typeWords[mediaType]} ${sizeOf(bytes)}`,
            nowrap: true,
          },
          {
            title: "登録",
            cell: ({ addedAt, staffName }) => `${showMoment(addedAt)} ${staffName}`,
          },
          ...(documents ? [withdraw] : []),
        ]}
      />
      {documents && <AddForm {...props} documents={documents} />}
    </Panel>
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.ceil(bytes / 1024).toLocaleString("ja-JP")}KB`
    : `${(bytes / 1024 / 1024).toFixed(1)}MB`;

function AddForm({
  path,
  documents,
  other,
}: AttachmentPanelProps & Required<Pick<AttachmentPanelProps, "documents">>) {
  const { values, errors, sent } = useSent("attachment");
  return (
    <Disclosure title="書類の写しを添付する…" open={sent}>
      <Form action={path} class="form stacked" files values={values} errors={errors}>
        <SelectField
          name="document"
          label="書類"
          {...(other ? { empty: other } : {})}
          options={documents ?? []}
        />
        <FileField
          name="scan"
          label="ファイル"
          required
          accept="application/pdf,image/png,image/jpeg,image/tiff"
          hint={`PDF、JPEG、PNG、TIFF、${largest}まで`}
        />
        <Button look="secondary">添付する</Button>
      </Form>
    </Disclosure>
  );
}
