import type { VaccineId } from "../vocabulary.ts";

/** Names of the vaccines on certificates in English. */
const names: Record<VaccineId, string> = {
  hepb: "Hepatitis B",
  rota1: "Rotavirus, monovalent",
  rota5: "Rotavirus, pentavalent",
  pcv: "Pneumococcal conjugate (children)",
  "5mix": "DPT-IPV-Hib (diphtheria, tetanus, pertussis, polio, Hib)",
  "4mix": "DPT-IPV (diphtheria, tetanus, pertussis, polio)",
  hib: "Hib (Haemophilus influenzae type b)",
  bcg: "BCG (tuberculosis)",
  mr1: "MR (measles, rubella), first",
  mr2: "MR (measles, rubella), second",
  mr5: "MR (measles, rubella), for men",
  vzv: "Varicella (chickenpox)",
  je1: "Japanese encephalitis, first series",
  je2: "Japanese encephalitis, second series",
  dt2: "DT (diphtheria, tetanus)",
  hpv9: "HPV (human papillomavirus)",
  rsv: "RSV (respiratory syncytial virus)",
  flu: "Influenza",
  ppv: "Pneumococcal (adults)",
  covid: "COVID-19",
  zoster: "Herpes zoster (shingles)",
};

/** The name of a vaccine in English; the id of one outside the schedule. */
export const englishVaccine = (id: string): string =>
  (names as Readonly<Record<string, string>>)[id] ?? id;
