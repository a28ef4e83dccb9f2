/** 提供・移転 as the published assessment (特定個人情報保護評価書) of the 事務 tells them, for the table of recipients to begin with. */
export interface IntractableTransfer {
  readonly recipient: string;
  /** 法令上の根拠, as published; the numbers of the law have changed since, and whoever proposes it looks them up. */
  readonly legalBasis: string;
  /** 提供先における用途. */
  readonly work: string;
  readonly applicantsOf: null;
  readonly way: "network" | "paper";
  readonly timing: "as-needed";
  readonly source: string;
}

const common = {
  applicantsOf: null,
  timing: "as-needed",
  source: "特定個人情報保護評価書（令和元年6月7日公表）II-5。現行の条項を確かめること",
} as const;

/** Three kinds of requester through 情報提供ネットワークシステム, and one office of the city on paper. */
export const transfers: readonly IntractableTransfer[] = [
  {
    ...common,
    recipient: "都道府県知事等（生活保護）",
    legalBasis: "番号法第19条第8号 別表第二第26項",
    work: "生活保護の決定及び実施又は徴収金の徴収",
    way: "network",
  },
  {
    ...common,
    recipient: "市町村長（被災者台帳）",
    legalBasis: "番号法第19条第8号 別表第二第56の2項",
    work: "災害対策基本法による被災者台帳の作成",
    way: "network",
  },
  {
    ...common,
    recipient: "都道府県知事等（中国残留邦人等）",
    legalBasis: "番号法第19条第8号 別表第二第87項",
    work: "中国残留邦人等支援給付等の支給",
    way: "network",
  },
  {
    ...common,
    recipient: "生活福祉課",
    legalBasis: "番号法第9条第2項、番号利用条例第4条第2項又は第3項",
    work: "生活保護の決定及び実施又は徴収金の徴収、中国残留邦人等支援給付等の支給",
    way: "paper",
  },
];
