/*
 * Arrows point one way: workflows <- forms, workflows <- db <- src, and none in a circle, types included.
 * A 事務 never reaches into another 事務, and what is shared knows none. A folder (or a file of tables) belongs to the
 * 事務 of its name unless it stands here among the shared ones, so that a new 事務 is guarded from its first file.
 */
const shared = {
  workflows:
    "access|cases|claims|dates|feeds|flows|high-cost|keeping|mail|mailings|medical|money|names|numbers|oversight|parameters|payments|people|pmh|printing|provision|receipts|renewals|review-panels|rules|taxes|text|welfare",
  forms:
    "certificates|codes|evidence|fonts|high-cost|language|letters|mailing|oversight|payments|review-panels|samples|writer",
  tables:
    "access|approvals|audit|cases|city|claims|clinic-claims|clinics|documents|entitlements|exchange|exemptions|feeds|flows|follow-ups|high-cost|intake|intractable-money|intractable-papers|intractable-review|jobs|keeping|letters|mailings|mistakes|oversight|payment-runs|payments|people|pmh|printing|provision|punched|receipts|relief|relief-benefits|relief-pensions|renewals|repayments|request-letters|review-panels|special|subject-requests|targets|vaccination-reports|vault",
};

/** Nothing in a path but the shared folders, and those of `own`. */
const foreign = (own = "") => ({
  path: "^(workflows|forms)/[^/]+/|^db/schema/",
  pathNot: [
    `^workflows/(${own}${shared.workflows})/`,
    `^forms/(${own}${shared.forms})/`,
    `^db/schema/(${own}${shared.tables})\\.ts$`,
  ],
});

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "workflows-import-nothing-of-ours",
      severity: "error",
      from: { path: "^workflows/" },
      to: { path: "^(forms|db|src|test)/" },
    },
    {
      name: "workflows-do-no-io",
      severity: "error",
      from: { path: "^workflows/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "forms-import-only-workflows",
      severity: "error",
      from: { path: "^forms/" },
      to: { path: "^(db|src|test)/" },
    },
    {
      name: "db-imports-only-workflows",
      severity: "error",
      from: { path: "^db/" },
      to: { path: "^(forms|src|test)/" },
    },
    {
      name: "platform-knows-no-program",
      severity: "error",
      from: { path: "^src/platform/" },
      to: { path: "^src/(programs|web|cli)/" },
    },
    {
      name: "programs-know-no-screens-of-the-shell",
      severity: "error",
      from: { path: "^src/programs/[^/]+/(?!screens/)" },
      to: { path: "^src/(web|cli)/" },
    },
    {
      name: "a-program-never-reaches-into-another",
      severity: "error",
      from: { path: "^src/programs/([^/]+)/" },
      to: { path: "^src/programs/[^/]+/", pathNot: "^src/programs/$1/" },
    },
    {
      name: "a-program-uses-its-own-and-what-is-shared",
      severity: "error",
      from: {
        path: "^(?:src/programs|workflows|forms)/([^/]+)/",
      },
      to: foreign("$1|"),
    },
    {
      name: "what-is-shared-knows-no-program",
      severity: "error",
      from: { path: "^src/(platform|web|formats)/" },
      to: foreign(),
    },
    {
      name: "a-real-city-knows-nothing-of-the-demonstration",
      severity: "error",
      from: { path: "^src/(?!demonstration/|cli/city-generate)" },
      to: { path: "^db/city/" },
    },
    {
      name: "only-what-starts-the-program-knows-the-demonstration",
      severity: "error",
      from: { path: "^src/(platform|programs|formats|web)/" },
      to: { path: "^src/demonstration/" },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
