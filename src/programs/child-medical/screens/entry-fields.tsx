import {
  Checkbox,
  Columns,
  DateField,
  FieldGroup,
  FieldRow,
  KanaField,
  NumberField,
  PostalCodeField,
  RadioGroup,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import {
  type Application,
  accountKindTitles,
  applicationReasonTitles,
  insuranceKindTitles,
  insuredRelationTitles,
  relationTitles,
} from "../application.ts";

/** What is known already: the entry before this one, or the register. */
export interface Known {
  reason?: string;
  guardian?: Partial<Application["guardian"]>;
  agent?: Application["agent"];
  insurance?: Partial<Application["insurance"]>;
  account?: Application["account"];
  mailing?: Application["mailing"];
  welfare?: boolean;
}

const choices = (titles: Record<string, string>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));

export function ReasonFields({ value }: { value: string | undefined }) {
  return (
    <RadioGroup
      name="reason"
      label="申請事由"
      required
      value={value ?? "birth"}
      options={choices(applicationReasonTitles)}
    />
  );
}

export function GuardianFields({
  known,
  source,
}: {
  known: Known["guardian"] | undefined;
  source?: string | undefined;
}) {
  return (
    <FieldGroup title="保護者（申請者）">
      <TextField
        name="guardian.name"
        label="氏名"
        required
        width={20}
        value={known?.name}
        source={source}
      />
      <KanaField
        name="guardian.kana"
        label="フリガナ"
        required
        width={20}
        value={known?.kana}
        source={source}
      />
      <SelectField
        name="guardian.relation"
        label="子どもとの続柄"
        required
        value={known?.relation}
        options={choices(relationTitles)}
      />
      <PostalCodeField
        name="guardian.postalCode"
        label="郵便番号"
        required
        address="guardian.address"
        value={known?.postalCode}
        source={source}
      />
      <TextField
        name="guardian.address"
        label="住所"
        required
        width={40}
        value={known?.address}
        source={source}
      />
      <TextField
        name="guardian.building"
        label="方書"
        width={30}
        value={known?.building}
        source={source}
      />
      <TextField
        name="guardian.telephone"
        label="電話番号"
        required
        type="tel"
        width={20}
        value={known?.telephone}
      />
    </FieldGroup>
  );
}

export function AgentFields({ known }: { known: Known["agent"] | undefined }) {
  return (
    <FieldGroup title="代理人">
      <Checkbox name="hasAgent" label="代理人が申請する" checked={Boolean(known)} />
      <TextField name="agent.name" label="代理人の氏名" width={20} value={known?.name} />
      <TextField name="agent.relation" label="申請者との関係" width={12} value={known?.relation} />
      <TextField name="agent.address" label="代理人の住所" width={40} value={known?.address} />
    </FieldGroup>
  );
}

export function InsuranceFields({ known }: { known: Known["insurance"] | undefined }) {
  return (
    <FieldGroup title="子どもの健康保険（主保険）">
      <NumberField
        check="insurer"
        name="insurance.insurerNumber"
        label="保険者番号"
        required
        value={known?.insurerNumber}
        hint="6桁又は8桁"
      />
      <TextField
        name="insurance.insurerName"
        label="保険者名"
        required
        width={20}
        value={known?.insurerName}
      />
      <SelectField
        name="insurance.kind"
        label="保険の種類"
        required
        value={known?.kind}
        options={choices(insuranceKindTitles)}
        empty="選んでください"
      />
      <FieldRow>
        <TextField name="insurance.symbol" label="記号" width={12} value={known?.symbol} />
        <TextField name="insurance.number" label="番号" required width={12} value={known?.number} />
        <NumberField
          name="insurance.branchNumber"
          label="枝番"
          width={4}
          value={known?.branchNumber}
        />
      </FieldRow>
      <TextField
        name="insurance.insuredName"
        label="被保険者の氏名"
        required
        width={20}
        value={known?.insuredName}
      />
      <SelectField
        name="insurance.relation"
        label="子どもの区分"
        required
        value={known?.relation ?? "dependant"}
        options={choices(insuredRelationTitles)}
      />
      <DateField
        name="insurance.since"
        label="資格取得日"
        required
        value={known?.since && isIsoDate(known.since) ? formatWarekiShort(known.since) : ""}
      />
    </FieldGroup>
  );
}

export function AccountFields({
  known,
  optional,
}: {
  known: Known["account"] | undefined;
  optional: boolean;
}) {
  return (
    <FieldGroup title="振込先口座">
      {optional && <Checkbox name="hasAccount" label="口座を登録する" checked={known !== null} />}
      <NumberField
        check="bank"
        name="account.bankCode"
        label="金融機関コード"
        width={8}
        value={known?.bankCode}
        hint="4桁"
      />
      <FieldRow>
        <NumberField
          name="account.branchCode"
          label="店番（3桁）"
          width={4}
          value={known?.branchCode}
        />
        <SelectField
          name="account.kind"
          label="種類"
          value={known?.kind ?? "ordinary"}
          options={choices(accountKindTitles)}
        />
      </FieldRow>
      <NumberField name="account.number" label="口座番号（7桁）" width={12} value={known?.number} />
      <KanaField
        name="account.holderKana"
        label="口座名義（カナ）"
        width={30}
        value={known?.holderKana}
      />
    </FieldGroup>
  );
}

export function MailingFields({
  known,
  label,
}: {
  known: Known["mailing"] | undefined;
  label: string;
}) {
  return (
    <FieldGroup title="送付先">
      <Checkbox name="hasMailing" label={label} checked={Boolean(known)} />
      <TextField name="mailing.name" label="宛名" width={20} value={known?.name} />
      <PostalCodeField
        name="mailing.postalCode"
        label="郵便番号"
        address="mailing.address"
        value={known?.postalCode}
      />
      <TextField name="mailing.address" label="住所" width={40} value={known?.address} />
      <TextField name="mailing.building" label="方書" width={20} value={known?.building} />
    </FieldGroup>
  );
}

/** The whole application, in the order of the paper form. */
export function ApplicationFields({
  known,
  source,
}: {
  known: Known;
  source?: string | undefined;
}) {
  return (
    <Columns>
      <div>
        <ReasonFields value={known.reason} />
        <GuardianFields known={known.guardian} source={source} />
        <AgentFields known={known.agent} />
      </div>
      <div>
        <InsuranceFields known={known.insurance} />
        <AccountFields known={known.account} optional />
        <MailingFields known={known.mailing} label="保護者の住所と別の所へ送る" />
        <Checkbox name="welfare" label="生活保護を受けている" checked={known.welfare ?? false} />
      </div>
    </Columns>
  );
}
