import { type City, withoutPrefecture } from "#src/platform/city/index.ts";
import { householdOf, lookAtPeople, type Person } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { ageOn } from "#workflows/dates/ages.ts";
import type { Application } from "./application.ts";

/** What the register knows of a child and the household; looked at once, logged once. */
export interface RegisterView {
  child: Person;
  household: Person[];
  /** The member who most likely is the guardian: an adult of the household, its head first. */
  guardian: Person | undefined;
}

/** @throws Problem 404 when the person is not in the register */
export async function lookAtRegister(work: Work, personNumber: string): Promise<RegisterView> {
  const members = await householdOf(work, personNumber);
  const people = await lookAtPeople(
    work,
    [...new Set([personNumber, ...members])],
    ["facts", "name", "address"],
  );
  const child = people.find((person) => person.personNumber === personNumber);
  if (!child) throw notFound("住民が見つかりません。");
  const today = work.platform.clock.today();
  const present = people.filter(
    (person) => person.householdNumber === child.householdNumber && !person.residence.to,
  );
  const adults = present.filter(
    (person) => person !== child && ageOn(person.birthDate, today).years >= 18,
  );
  return {
    child,
    household: present,
    guardian: adults.find((person) => person.isHead) ?? adults[0],
  };
}

/** An address on one line as the register writes it; empty where it may not be seen. */
export function addressLine(person: Pick<Person, "address">): string {
  return person.address ? `${person.address.town}${person.address.block}` : "";
}

/** A name as papers and screens show it: the 通称 where one is registered. */
export function shownName(person: Pick<Person, "name">): string {
  return person.name?.commonName ?? person.name?.kanji ?? "";
}

/** What the register already knows is never typed again. */
export function prefilledGuardian(view: RegisterView): Application["guardian"] {
  const { guardian } = view;
  return {
    name: guardian ? shownName(guardian) : "",
    kana: guardian?.name?.commonKana ?? guardian?.name?.kana ?? "",
    relation: guardian?.sex === "female" ? "mother" : "father",
    postalCode: guardian?.address?.postalCode ?? "",
    address: guardian ? addressLine(guardian) : "",
    building: guardian?.address?.building ?? "",
    telephone: "",
  };
}

/** A row of what was entered beside what the register says. */
export interface RegisterDifference {
  label: string;
  entered: string;
  register: string;
  differs: boolean;
  /** Tells where somebody lives. */
  address?: true;
}

/** Compares an application with the register: spaces, widths and the name of the prefecture don't count as differences. */
export function compareWithRegister(
  application: Application,
  view: RegisterView,
  city: Pick<City, "prefecture"> | undefined,
): RegisterDifference[] {
  const { guardian } = application;
  const plain = (text: string) =>
    withoutPrefecture(text.normalize("NFC"), city?.prefecture)
      .replaceAll(/[\s　]/g, "")
      .replaceAll(/[０-９Ａ-Ｚａ-ｚ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const same = (a: string, b: string) => plain(a) === plain(b);
  const member = view.household.find((person) => same(shownName(person), guardian.name));
  const of = member ?? view.guardian;
  const row = (label: string, entered: string, register: string): RegisterDifference => ({
    label,
    entered,
    register: register || "記録なし",
    differs: !same(entered, register),
  });
  const rows = [
    row("保護者の氏名", guardian.name, of ? shownName(of) : ""),
    row("保護者のフリガナ", guardian.kana, of?.name?.commonKana ?? of?.name?.kana ?? ""),
    {
      ...row("郵便番号", guardian.postalCode, of?.address?.postalCode ?? ""),
      address: true as const,
    },
    { ...row("住所", guardian.address, of ? addressLine(of) : ""), address: true as const },
    { ...row("方書", guardian.building, of?.address?.building ?? ""), address: true as const },
    {
      label: "子どもとの同居",
      entered: member ? "同居" : "別居",
      register: "世帯員",
      differs: !member,
    },
  ];
  return rows.filter((one) => one.entered !== "" || one.differs);
}
