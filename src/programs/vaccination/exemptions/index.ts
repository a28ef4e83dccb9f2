export { exemptionOn } from "./on-day.ts";
