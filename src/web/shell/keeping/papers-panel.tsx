import type { destroyedPapers, OldPapers } from "#src/platform/keeping/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { Button, DateField, EmptyState, Form, Panel, Table } from "../../components/index.ts";
import { showDateShort } from "../../dates.ts";
import type { Values } from "../../values.ts";

/** Papers past their years, and those that were destroyed. */
export function PapersPanel(props: {
  papers: readonly OldPapers[];
  destroyed: Awaited<ReturnType<typeof destroyedPapers>>;
  titles: ReadonlyMap<string, string>;
  /** Whether this person may enter that they were destroyed. */
  prepares: boolean;
  form: Values;
  errors: Record<string, string>;
}) {
  const { papers, destroyed, titles, prepares, form, errors } = props;
  return (
    <Panel title="紙の申請書の廃棄">
      {papers.length === 0 ? (
        <EmptyState>廃棄する紙の申請書はありません。</EmptyState>
      ) : (
        <Table
          caption="廃棄する紙の申請書"
          rows={papers}
          columns={[
            { title: "事務", cell: ({ program }) => titles.get(program) ?? "その他" },
            {
              title: "終わった年度",
              cell: ({ fiscalYear }) => formatFiscalYear(fiscalYear),
              nowrap: true,
            },
            {
              title: "申請",
              cell: ({ applications }) => `${applications.toLocaleString("ja-JP")}件`,
              align: "end",
            },
            { title: "番号", cell: ({ from, to }) => `${from} 〜 ${to}`, nowrap: true },
            ...(prepares
              ? [
                  {
                    title: "廃棄した日",
                    cell: ({ program, fiscalYear }: OldPapers) => (
                      <Form
                        action="/keeping/papers"
                        class="inline-form"
                        keys="search"
                        values={
                          form.text("program") === program && form.integer("year") === fiscalYear
                            ? form
                            : undefined
                        }
                        errors={
                          form.text("program") === program && form.integer("year") === fiscalYear
                            ? errors
                            : {}
                        }
                      >
                        <input type="hidden" name="program" value={program} />
                        <input type="hidden" name="year" value={String(fiscalYear)} />
                        <DateField name="on" label="廃棄した日" required />
                        <Button look="quiet">廃棄を記録する</Button>
                      </Form>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {destroyed.length > 0 && (
        <Table
          caption="廃棄した紙の申請書"
          rows={destroyed}
          columns={[
            { title: "事務", cell: ({ program }) => titles.get(program) ?? "その他" },
            { title: "終わった年度", cell: ({ fiscalYear }) => formatFiscalYear(fiscalYear) },
            { title: "申請", cell: ({ applications }) => `${applications}件`, align: "end" },
            {
              title: "廃棄した日",
              cell: ({ destroyedOn }) => showDateShort(destroyedOn as IsoDate),
            },
            { title: "記録した職員", cell: ({ enteredBy }) => enteredBy },
          ]}
        />
      )}
    </Panel>
  );
}
