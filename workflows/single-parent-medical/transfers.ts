/** 移転 as a published assessment (特定個人情報保護評価書) of the 事務 tells it, for the table of recipients to begin with. */
export interface Transfer {
  readonly recipient: string;
  /** 法令上の根拠, as published; the numbers of the law have changed since, and whoever proposes it looks them up. */
  readonly legalBasis: string;
  /** 移転先における用途. */
  readonly work: string;
  /** In which 事務 the households have applied that it is about; none where the recipient names them. */
  readonly applicantsOf: string | null;
  readonly way: "file" | "paper";
  readonly timing: "as-needed";
  readonly source: string;
}

const source = "特定個人情報保護評価書（平成31年3月8日公表）II-5。現行の条項を確かめること";
const byOrdinance = "番号法第9条第2項、番号利用条例第4条第2項";
const welfareOffice = { recipient: "生活支援課", applicantsOf: null, way: "paper" } as const;

/** The four transfers of ひとり親家庭等医療費助成: its 資格情報, as needed. */
export const transfers: readonly Transfer[] = [
  {
    ...welfareOffice,
    legalBasis: "番号法第19条第8号 別表第二第26項、番号利用条例第4条第3項",
    work: "生活保護の支給の決定",
    timing: "as-needed",
    source,
  },
  {
    ...welfareOffice,
    legalBasis: byOrdinance,
    work: "生活に困窮する外国人に対する保護の措置",
    timing: "as-needed",
    source,
  },
  {
    ...welfareOffice,
    legalBasis: "番号法第19条第8号 別表第二第87項、番号利用条例第4条第3項",
    work: "中国残留邦人等支援給付等",
    timing: "as-needed",
    source,
  },
  {
    recipient: "医療援助課",
    legalBasis: byOrdinance,
    work: "小児の医療費助成",
    applicantsOf: "child-medical",
    way: "file",
    timing: "as-needed",
    source,
  },
];
