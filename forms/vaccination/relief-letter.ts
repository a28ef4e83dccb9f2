import { letter, office } from "../samples/samples.ts";

/** What samples of letters of 健康被害救済 begin with. */
export const reliefLetter = {
  ...letter,
  documentNumber: "見予第R8-000012号",
  office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
  program: "予防接種健康被害救済",
};
