import { stringify } from "csv-stringify/sync";
import { EntryProblem } from "#src/platform/problem.ts";
import { useSent } from "#src/web/cases/sent.tsx";
import { Actions, Button, FileField, Form, Panel, Table } from "#src/web/components/index.ts";
import type { CopySource } from "#src/web/copies/source.ts";
import type { TakenAnswers } from "../../exchange/answer-file.ts";
import {
  type askedMunicipalities,
  countAsked,
  inquiryFile,
  inquiryFileHeadings,
} from "../../exchange/inquiry-file.ts";
import { exchangePaths, figure, listAddress } from "./exchange-paths.ts";

const of = "inquiry";
const codeOf = (code: string) => (/^\d{6}$/.test(code) ? code : "000000");

/** 照会ファイル: those of whom a municipality was asked, to be filled in there; it leaves as a copy, with a reason and in the register. */
export const inquiryCopies: CopySource = {
  id: of,
  right: "provision.request",
  title: "接種歴の照会ファイル",
  name: "inquiries",
  holds: "照会番号、氏名、氏名カナ、生年月日、性別。住所は載りません。支援措置の方は載りません。",
  most: 5000,
  kept: async (_work, values) => ({ of, code: codeOf(values.text("code")) }),
  path: () => listAddress(exchangePaths.inquiries, { state: "asked" }),
  describe: async (_work, { code = "" }) => `市区町村コード ${code}`,
  count: (work, { code = "" }) => countAsked(work, code),
  async take(work, { code = "" }) {
    const { persons, rows } = await inquiryFile(work, code);
    const columns = inquiryFileHeadings.map((title, at) => ({
      title,
      cell: (row: readonly string[]) => row[at] ?? "",
    }));
    return {
      lines: rows.length,
      persons,
      csv: stringify([[...inquiryFileHeadings], ...rows], { bom: true, escape_formulas: true }),
      content: <Table caption="接種歴の照会" columns={columns} rows={rows} />,
    };
  },
};

/** Files for municipalities that are waited for, and the way in for what comes back. */
export function InquiryFiles({
  municipalities,
  asks,
  enters,
}: {
  municipalities: Awaited<ReturnType<typeof askedMunicipalities>>;
  asks: boolean;
  enters: boolean;
}) {
  const { values, errors } = useSent("file");
  if (municipalities.length === 0) return null;
  return (
    <Panel title="照会ファイルと回答ファイル">
      <Table
        caption="回答を待っている市区町村"
        columns={[
          { title: "市区町村コード", cell: ({ code }) => code, nowrap: true },
          { title: "照会先", cell: ({ name }) => name },
          { title: "件数", cell: ({ inquiries }) => `${figure(inquiries)}件`, align: "end" },
        ]}
        rows={municipalities}
        {...(asks && {
          href: ({ code }: (typeof municipalities)[number]) =>
            `/vaccination/copies/new?of=${of}&code=${code}` as const,
        })}
      />
      {asks && (
        <p>
          行を開くと、その市区町村へ送る照会ファイル（CSV）の写しを申請できます。照会書を作った照会だけが載ります。
        </p>
      )}
      {enters && (
        <Form
          action={`${exchangePaths.inquiries}/answers`}
          files
          class="form stacked"
          values={values}
          errors={errors ?? {}}
        >
          <FileField
            name="file"
            label="回答ファイル"
            required
            accept=".csv,text/csv"
            hint="照会ファイルに接種の記録を書き込んだCSVです。1行に1つの記録で、何回も受けた方は照会番号を同じにして行を足します。誤りが一つでもあれば、何も取り込みません。"
          />
          <Actions>
            <Button look="secondary">回答ファイルを取り込む</Button>
          </Actions>
        </Form>
      )}
    </Panel>
  );
}

/** @throws EntryProblem of `file` where something is wrong, naming the first rows */
export function requireNoFaults({ faults }: TakenAnswers): void {
  if (faults.length === 0) return;
  const told = faults
    .slice(0, 8)
    .map(({ record, field, reason }) => `${record > 0 ? `${record}行目 ` : ""}${field}: ${reason}`);
  const more = faults.length > told.length ? `ほか${figure(faults.length - told.length)}件。` : "";
  throw new EntryProblem("file", `取り込みませんでした。${told.join(" ")}${more}`);
}

export const takenInWords = ({ inquiries, records, waiting, empty }: TakenAnswers): string =>
  [
    `${figure(inquiries)}件の照会に、接種の記録${figure(records)}件を入力しました。`,
    waiting > 0 ? `うち${figure(waiting)}件は、予診票の処理で確かめてください。` : "",
    empty > 0 ? `記録のなかった${figure(empty)}件は、照会中のままです。` : "",
  ].join("");
