/** Arrows point one way: workflows <- forms, workflows <- db <- src. A 事務 never reaches into another 事務. */
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
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
      from: {
        path: "^(src/programs|workflows)/(vaccination|child-medical|single-parent-medical|intractable-disease|long-term-care)/",
      },
      to: {
        path: "^(src/programs|workflows)/(vaccination|child-medical|single-parent-medical|intractable-disease|long-term-care)/",
        pathNot: "^(src/programs|workflows)/$2/",
      },
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
