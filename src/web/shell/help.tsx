import { Columns, PageTitle, Panel } from "../components/index.ts";
import { ShortcutList } from "../dialogs.tsx";
import { page } from "../reply.ts";
import { defineRoute } from "../route.ts";

export const help = defineRoute({
  method: "get",
  path: "/help",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "a text of the program",
  handle: async () =>
    page({
      title: "ヘルプ",
      breadcrumb: [{ title: "ヘルプ" }],
      content: (
        <>
          <PageTitle>ヘルプ</PageTitle>
          <Columns>
            <Panel title="キーボード操作">
              <ShortcutList />
              <p class="field-hint">どの画面でも「?」で表示できます。</p>
            </Panel>
            <div>
              <Panel title="日付の書き方">
                <p>
                  「R8.11.20」「r81120」「20261120」「令和8年11月20日」のどれでも入力できます。
                  入力すると、和暦・西暦（生年月日は年齢も）を欄の右に表示します。
                </p>
              </Panel>
              <Panel title="住民の探し方">
                <p>
                  1つの欄に、氏名（漢字は新旧どちらでも）、カナ（ひらがな・半角も可、先頭だけでも可）、生年月日、
                  統合宛名番号を入力します。「ヤマダ
                  R2.4.1」のように空白で区切って組み合わせることもできます。
                </p>
              </Panel>
              <Panel title="離席と記録">
                <p>
                  席を離れるときは「離席ロック」（Alt+L）を押してください。15分間操作がないと自動でロックし、
                  パスワードで同じ画面に戻ります。住民の情報を見た記録は、時刻・職員・端末・理由とともに3年以上残ります。
                </p>
              </Panel>
            </div>
          </Columns>
        </>
      ),
    }),
});
