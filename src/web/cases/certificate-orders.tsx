import {
  certificateMailingId,
  certificatesOfKind,
  type RunReason,
  runReasons,
} from "#src/platform/applications/index.ts";
import { choicesOf, DateField, FieldGroup, RadioGroup } from "../components/index.ts";
import { readDate } from "../dates.ts";
import type { OrderPage } from "../mailings/index.ts";
import type { AnyCaseScreens } from "./declaration.ts";

const hints: Readonly<Record<RunReason, string>> = {
  renewal: "使い始める日より後まで使える証を持っている方には作りません。",
  changed: "有効な証を持っている方すべてに作ります。",
};

/** Orders of certificates for many at once (一括交付), one page a sort. */
export const certificateOrders = ({ application }: AnyCaseScreens): OrderPage[] =>
  Object.entries(certificatesOfKind(application)).map(([sort, { title }]) => ({
    kind: { id: certificateMailingId(application.program, sort) },
    path: sort === "card" ? "certificates/new" : `certificates/new-${sort}`,
    title: `${title}の一括交付`,
    button: "対象者を抽出する",
    audit: "certificate.run-started",
    Fields: () => (
      <FieldGroup title="だれに交付するか">
        <RadioGroup
          name="reason"
          label="事由"
          required
          options={choicesOf(runReasons)}
          hint={Object.entries(hints)
            .map(([reason, what]) => `${runReasons[reason as RunReason]}: ${what}`)
            .join(" ")}
        />
        <DateField
          name="from"
          label="新しい証を使い始める日"
          required
          hint="この日に資格がある方が対象です。有効期間はこの日から始まります。"
        />
      </FieldGroup>
    ),
    read(form, errors, { today }) {
      const reason = form.choice("reason", Object.keys(runReasons) as RunReason[]);
      if (!reason) errors.reason = "事由を選んでください。";
      const from = readDate(form.text("from"));
      if (!from) errors.from = "日付を入力してください。";
      else if (from < today) errors.from = "今日以後の日付を入力してください。";
      if (!reason || !from || errors.from) return undefined;
      return {
        title: `${title} 一括交付（${runReasons[reason]}）`,
        parameters: { sort, reason, from },
      };
    },
  }));
