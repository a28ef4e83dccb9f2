import type { Office } from "#src/platform/access/index.ts";

/**
 * The five 区 of the demonstration city. Codes and names are those of 熊本市 (全国地方公共団体コード);
 * addresses and telephone numbers are invented.
 */
export const demonstrationOffices: Office[] = [
  {
    code: "431010",
    name: "中央区役所",
    postalCode: "8600806",
    address: "熊本市中央区花畑町０番０号",
  },
  { code: "431028", name: "東区役所", postalCode: "8620912", address: "熊本市東区錦ケ丘０番０号" },
  {
    code: "431036",
    name: "西区役所",
    postalCode: "8600061",
    address: "熊本市西区上高橋０丁目０番０号",
  },
  {
    code: "431044",
    name: "南区役所",
    postalCode: "8614108",
    address: "熊本市南区幸田０丁目０番０号",
  },
  {
    code: "431052",
    name: "北区役所",
    postalCode: "8615521",
    address: "熊本市北区鹿子木町０番０号",
  },
].map((office) => ({ ...office, telephone: "096-000-0000" }));
