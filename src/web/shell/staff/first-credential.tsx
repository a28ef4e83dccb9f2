import bwipjs from "bwip-js/node";
import type { FirstCredential } from "#src/platform/access/index.ts";
import {
  ButtonLink,
  DefinitionList,
  Notification,
  PageTitle,
  Panel,
} from "../../components/index.ts";
import { page } from "../../reply.ts";

/** The answer that shows a first password and code. */
export function credentialReply(first: FirstCredential, loginName: string) {
  const title = "最初のパスワードと確認コード";
  return page({
    title,
    breadcrumb: [{ title: "職員", path: "/staff" }, { title }],
    content: <FirstCredentialPage first={first} loginName={loginName} />,
  });
}

/** Shown once after an id is registered or its credential made anew; nothing of it is kept. */
function FirstCredentialPage(props: { first: FirstCredential; loginName: string }) {
  const code = bwipjs.toSVG({ bcid: "qrcode", text: props.first.enrolmentUri, scale: 4 });
  return (
    <>
      <PageTitle>最初のパスワードと確認コード</PageTitle>
      <Notification tone="warning" title="この画面は一度しか表示されません。">
        <p>本人に手渡し、最初のサインインでパスワードを変更してもらってください。</p>
      </Notification>
      <Panel title="本人に渡す内容">
        <DefinitionList
          items={[
            ["職員番号", props.loginName],
            ["最初のパスワード", <code key="password">{props.first.password}</code>],
            [
              "認証アプリに登録",
              <img
                key="code"
                class="enrolment-code"
                alt="認証アプリで読み取る二次元コード"
                src={`data:image/svg+xml;base64,${Buffer.from(code).toString("base64")}`}
              />,
            ],
          ]}
        />
      </Panel>
      <p class="actions">
        <ButtonLink href="/staff">職員の一覧へ</ButtonLink>
      </p>
    </>
  );
}
