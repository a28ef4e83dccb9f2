import { neededRecords } from "../needed-records.ts";
import { welfareItems } from "./items.ts";
import standardLayout from "./layout.json" with { type: "json" };
import { readWelfare } from "./read.ts";

/** 福祉情報: benefits and certificates (生活保護, 障害者手帳, 手当) of people whom a 事務 needs. */
export const welfare = neededRecords({
  id: "welfare",
  title: "福祉情報",
  items: welfareItems,
  contentTitle: "等級・終了日",
  standardLayout,
  // Monthly, a week of grace.
  expectedEveryDays: 38,
  read: readWelfare,
});
