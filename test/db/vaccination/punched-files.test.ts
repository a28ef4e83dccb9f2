import { Decrypter } from "age-encryption";
import { describe, expect, test } from "vitest";
import {
  closeHandover,
  getHandover,
  papersBack,
} from "#src/programs/vaccination/punched-files/handovers.ts";
import {
  askLayout,
  decideLayout,
  listLayouts,
} from "#src/programs/vaccination/punched-files/layouts.ts";
import { listRows } from "#src/programs/vaccination/punched-files/lists.ts";
import { getFile, moveFile } from "#src/programs/vaccination/punched-files/move.ts";
import {
  accuracyOf,
  drawRows,
  keepRekeyed,
  nextToKey,
} from "#src/programs/vaccination/punched-files/rekeying.ts";
import {
  correctRow,
  dropRow,
  faultsFile,
  readRow,
  returnRows,
} from "#src/programs/vaccination/punched-files/rows.ts";
import { openTestPlatform } from "#test/support/database.ts";
import {
  fileOf,
  line,
  type PunchedLine,
  plainFile,
  punchedOf,
} from "#test/support/punched-files.ts";
import { pcv } from "#test/support/vaccination-records.ts";

const city = await openTestPlatform();
const punched = punchedOf(city);
const { as } = punched;
const hayashi = { kanji: "林 蓮", kana: "ハヤシ レン" };
const slips = (fileId: string) =>
  city.admin`select s.state, s.person_number, s.reference, s.shot_id from vaccination.slip s where s.reference like ${`${fileId}:%`} order by split_part(s.reference, ':', 2)::integer`;
const rowsIn = async (fileId: string, list: Parameters<typeof listRows>[2]["list"]) =>
  as("clerk1", (work) => listRows(work, fileId, { list, from: 0, size: 100 }));

describe("受け取ると、何が入っているかが分かる", () => {
  test("券番号・予防接種番号・母子健康手帳番号・氏名で、だれの記録になるかを見通し、承認のあとで記録になる", async () => {
    const [one, two, three] = [
      await punched.child(),
      await punched.child(),
      await punched.child({ name: hayashi }),
    ];
    const coupon = await punched.coupon(one, "pcv", 1);
    const { fileId } = await punched.looked(
      [
        line({ coupon, vaccine: "", dose: "" }),
        line({ person: two }),
        line({ kana: "ハヤシ レン", name: "林 蓮", birth: "20260510", sex: "1", address: "" }),
        line({ person: two, outcome: "2", vaccine: "hib" }),
      ],
      "R8-way",
    );
    const before = await punched.figures(fileId);
    expect(before.lists.recorded + before.lists.doubtful + before.lists.unmatched).toBe(3);
    expect(before.lists.noted).toBe(1);
    expect(await slips(fileId)).toHaveLength(0);
    await punched.approve(fileId);
    await punched.take(fileId);
    expect(await punched.state(fileId)).toBe("taken");
    expect((await slips(fileId)).slice(0, 2)).toMatchObject([
      { state: "recorded", person_number: one },
      { state: "recorded", person_number: two },
    ]);
    expect(three).toBeTruthy();
  });

  test("読めない行は、行番号・項目・理由つきでエラーに残り、ほかの行を止めない", async () => {
    const child = await punched.child();
    const bad: [PunchedLine, string][] = [
      [{ givenOn: "20260230" }, "givenOn:not-a-date"],
      [{ givenOn: "20991231" }, "givenOn:future-date"],
      [{ person: "1000000010" }, "person:check-digit"],
      [{ coupon: "0000000010" }, "coupon:check-digit"],
      [{ vaccine: "xyz" }, "vaccine:unknown-code"],
      [{ outcome: "9" }, "outcome:unknown-code"],
      [{ dose: "0" }, "dose:not-a-number"],
      [{ volume: "半分" }, "volume:not-a-number"],
      [{ clinic: "12345" }, "clinic:not-a-number"],
      [{ interviewOn: "20260711" }, "interviewOn:date-order"],
      [{ person: "" }, "row:nobody"],
      [{ birth: "20260801" }, "birth:date-order"],
      [{ outcome: "プレベナー", givenOn: "AB12", dose: "4310000005" }, "row:shifted"],
    ];
    const { fileId } = await punched.looked(
      [...bad.map(([given]) => line({ person: child, ...given })), line({ person: child })],
      "R8-bad",
    );
    const rows = await rowsIn(fileId, "faulty");
    expect(rows.map(({ row, faults }) => [row, faults[0]])).toEqual(
      bad.map(([, fault], at) => [at + 1, fault]),
    );
    const [shown] = rows;
    const { said } = await as("clerk1", (work) => readRow(work, fileId, shown?.row ?? 0));
    expect(said?.raw.givenOn).toBe("20260230");
    await punched.approve(fileId);
    await punched.take(fileId);
    expect(await slips(fileId)).toMatchObject([{ state: "recorded", person_number: child }]);
  });

  test("項目の数が違う行、引用符の壊れた行、Shift_JISの壊れた文字は、その行だけがエラーになる", async () => {
    const child = await punched.child();
    const good = plainFile([line({ person: child })]).toString();
    const text = new TextDecoder().decode(plainFile([line({ person: child })])).split("\r\n");
    const [, headings = "", row = ""] = text;
    expect(good).toBeTruthy();
    const handoverId = await punched.order("R8-torn", 4);
    const bytes = fileOf(
      [headings, row, `${row},x`, row.split(",").slice(1).join(","), `"${row}`],
      {
        orderNumber: "R8-torn",
      },
    );
    const fileId = await punched.receive(handoverId, await punched.encrypt(bytes));
    expect((await rowsIn(fileId, "faulty")).map(({ row, faults }) => [row, faults])).toEqual([
      [2, ["row:surplus-column"]],
      [3, ["row:column-count"]],
      [4, ["row:quotes"]],
    ]);
  });

  test("Shift_JISで来ても、見出しから見分けて読む", async () => {
    const child = await punched.child();
    const handoverId = await punched.order("R8-sjis", 1);
    const bytes = plainFile([line({ person: child, doctor: "見本 医師" })], {
      orderNumber: "R8-sjis",
      encoding: "shift_jis",
    });
    const fileId = await punched.receive(handoverId, await punched.encrypt(bytes));
    const { file, said } = await as("clerk1", (work) => readRow(work, fileId, 1));
    expect([file.encoding, said?.raw.doctor]).toEqual(["shift_jis", "見本 医師"]);
  });

  test("死亡・転出・登録のないロット・ほかの経路で記録済み・二人に当たる行を、取り込む前に見せる", async () => {
    const [dead, known, lots] = [
      await punched.child({ diedOn: "2026-07-01" } as never),
      await punched.child(),
      await punched.child(),
    ];
    const gone = await punched.child({
      residence: {
        from: "2026-05-10",
        fromReason: "birth",
        to: "2026-06-30",
        toReason: "move-out",
      },
    } as never);
    await punched.one({ ...pcv({ personNumber: known }), channel: "slip" });
    await as(
      "clerk1",
      (work) =>
        work.sql`select vaccination.enter_lot('pcv', 'AB123', 'プレベナー20', '2027-03-31')`,
    );
    await punched.people(
      ...["1", "2"].map(
        () =>
          ({
            name: { kanji: "双 子", kana: "フタゴ コ" },
            birthDate: "2026-05-10",
            residence: { from: "2026-05-10", fromReason: "birth" },
          }) as never,
      ),
    );
    const { fileId } = await punched.looked(
      [
        line({ person: dead }),
        line({ person: gone }),
        line({ person: known }),
        line({ person: lots, lot: "ZZ999" }),
        line({ name: "双 子", kana: "フタゴ コ", birth: "20260510", sex: "2" }),
      ],
      "R8-fore",
    );
    const rows =
      (await city.admin`select row, foreseen, doubts from punched.row where file_id = ${fileId} order by row`) as unknown as {
        row: number;
        foreseen: string;
        doubts: string[];
      }[];
    expect(rows.map(({ foreseen, doubts }) => [foreseen, doubts[0] ?? ""])).toEqual([
      ["doubtful", "after-death"],
      ["doubtful", "moved-out"],
      ["second-channel", ""],
      ["doubtful", "unknown-lot"],
      ["doubtful", "two-people"],
    ]);
  });
});

describe("受け取らないもの", () => {
  test("暗号化していない、市の鍵でない、注文番号が違う、見出しが違うファイルは、理由を言って断る", async () => {
    const handoverId = await punched.order("R8-no", 1);
    const plain = plainFile([line({ person: "1000000016" })], { orderNumber: "R8-no" });
    await expect(punched.receive(handoverId, plain)).rejects.toThrow("暗号を解けません");
    await expect(
      punched.receive(
        handoverId,
        await punched.encrypt(plainFile([line()], { orderNumber: "R8-else" })),
      ),
    ).rejects.toThrow("注文番号と違います");
    await expect(
      punched.receive(
        handoverId,
        await punched.encrypt(
          plainFile([line()], { orderNumber: "R8-no", headings: ["区分", "券番"] }),
        ),
      ),
    ).rejects.toThrow("見出しが取り決めにありません");
    // All that is missing at once; what a contractor does not key may be missing.
    await expect(
      punched.receive(
        handoverId,
        await punched.encrypt(
          plainFile([line()], {
            orderNumber: "R8-no",
            headings: ["区分", "券番号", "予防接種番号", "氏名カナ", "生年月日", "予防接種"],
          }),
        ),
      ),
    ).rejects.toThrow("「氏名」「回数」「ロット番号」「医療機関コード」「接種日」の列がありません");
    await expect(
      punched.receive(handoverId, await punched.encrypt(plainFile([], { orderNumber: "R8-no" }))),
    ).rejects.toThrow("1件もありません");
  });

  test("同じ内容のファイルは二度受け取らない。取り消せば、また受け取れる", async () => {
    const child = await punched.child();
    const { handoverId, fileId } = await punched.looked([line({ person: child })], "R8-twice");
    const again = await punched.encrypt(
      plainFile([line({ person: child })], { orderNumber: "R8-twice" }),
    );
    await expect(punched.receive(handoverId, again)).rejects.toThrow("もう受け取っています");
    await as("clerk1", (work) => moveFile(work, { id: fileId, type: "cancel" }));
    expect(await punched.state(await punched.receive(handoverId, again))).toBe("judging");
    const [left] =
      await city.admin`select count(*)::integer as n from vault.sealed_record where holder = ${`punched:${fileId}`}`;
    expect(left?.n).toBe(0);
  });

  test("件数か検査値が合わないファイルは、中を見られるが、取り込めない", async () => {
    const child = await punched.child();
    const handoverId = await punched.order("R8-sum", 2);
    for (const wrong of [{ rows: 2 }, { checksum: "0".repeat(64) }]) {
      const bytes = plainFile([line({ person: child })], { orderNumber: "R8-sum", ...wrong });
      const fileId = await punched.receive(handoverId, await punched.encrypt(bytes));
      await punched.judge(fileId);
      await expect(punched.approve(fileId)).rejects.toThrow("件数か検査値が合わない");
      await as("clerk1", (work) => moveFile(work, { id: fileId, type: "cancel" }));
    }
  });
});

describe("二人で取り込む", () => {
  test("受け取った本人と、行を直した本人は承認できず、直したあとの画面を見ていない承認は断られる", async () => {
    const child = await punched.child();
    const { fileId } = await punched.looked(
      [line({ person: child, givenOn: "20260230" })],
      "R8-two",
    );
    const { file } = await as("supervisor1", (work) => getFile(work, fileId));
    await as("supervisor2", (work) =>
      correctRow(work, {
        fileId,
        row: 1,
        raw: { outcome: "given", vaccine: "pcv", givenOn: "2026-07-10", person: child },
      }),
    );
    await expect(
      as("supervisor1", (work) =>
        moveFile(work, { id: fileId, type: "approve", seen: file.revision }),
      ),
    ).rejects.toThrow("状態が変わりました");
    await expect(punched.approve(fileId, "supervisor2")).rejects.toThrow("行を修正した本人");
    await expect(punched.approve(fileId, "clerk1")).rejects.toThrow("権限");
    await punched.approve(fileId);
    await punched.take(fileId);
    expect(await slips(fileId)).toMatchObject([{ state: "recorded", person_number: child }]);
  });

  test("一つの区だけの人は、ファイルを見ることも、受け取ることもできない", async () => {
    const { fileId, handoverId } = await punched.looked(
      [line({ person: await punched.child() })],
      "R8-east",
    );
    await expect(as("east1", (work) => getFile(work, fileId))).rejects.toThrow("見つかりません");
    await expect(
      punched.receive(handoverId, new Uint8Array([1]), { who: "east1" }),
    ).rejects.toThrow("見つかりません");
  });
});

describe("エラーの行は失われない", () => {
  test("取込のあとに直した行は、すぐ記録になる。まだ誤りがあれば、項目ごとに言う", async () => {
    const child = await punched.child();
    const { fileId } = await punched.taken([line({ person: child, dose: "0" })], "R8-mend");
    await expect(
      as("clerk2", (work) =>
        correctRow(work, {
          fileId,
          row: 1,
          raw: { outcome: "given", vaccine: "zzz", givenOn: "2026-07-10", person: child },
        }),
      ),
    ).rejects.toMatchObject({ errors: { vaccine: "コード表にない値です。" } });
    await expect(
      as("clerk1", (work) => moveFile(work, { id: fileId, type: "close" })),
    ).rejects.toThrow("エラーの行");
    const taken = await as("clerk2", (work) =>
      correctRow(work, {
        fileId,
        row: 1,
        raw: { outcome: "given", vaccine: "pcv", givenOn: "2026-07-10", person: child },
      }),
    );
    expect(taken).toMatchObject({ state: "recorded", personNumber: child });
    await as("clerk1", (work) => moveFile(work, { id: fileId, type: "close" }));
    expect(await slips(fileId)).toHaveLength(1);
  });

  test("委託先へ戻すファイルには、行番号と理由と元の値があり、委託先の鍵だけで開く", async () => {
    const child = await punched.child();
    const { fileId } = await punched.looked(
      [line({ person: child }), line({ person: child, givenOn: "20260230", product: "見本製品" })],
      "R8-back",
    );
    const { file } = await as("clerk1", (work) => getFile(work, fileId));
    await as("clerk1", (work) => returnRows(work, { fileId, seen: file.revision }));
    const made = await as("clerk1", (work) => faultsFile(work, fileId));
    const decrypter = new Decrypter();
    decrypter.addIdentity((await punched.contractor()).identity);
    const text = await decrypter.decrypt(made.bytes, "text");
    expect(text).toContain('"R8-back","2","接種日: 日付として読めないか、存在しない日です。"');
    expect(text).toContain("20260230");
    expect(text).toContain("見本製品");
    expect(text.trim().split("\r\n")).toHaveLength(2);
  });

  test("取り込まないと決めた行は、理由とともに残る", async () => {
    const { fileId } = await punched.looked(
      [line({ person: await punched.child(), dose: "x" })],
      "R8-drop",
    );
    await as("clerk1", (work) => dropRow(work, { fileId, row: 1, reason: "blank" }));
    expect(await rowsIn(fileId, "dropped")).toMatchObject([{ row: 1, reason: "blank" }]);
  });
});

test("授受簿は、引き渡した枚数・来た行・戻った枚数が同じときに閉じ、違うときは理由が要る", async () => {
  const { handoverId, fileId } = await punched.taken(
    [line({ person: await punched.child() })],
    "R8-even",
  );
  const close = (difference?: "lost") =>
    as("clerk1", async (work) => {
      const { handover } = await getHandover(work, handoverId);
      await closeHandover(work, { id: handoverId, seen: handover.revision, difference });
    });
  await expect(close()).rejects.toThrow("戻った枚数");
  await as("clerk1", async (work) =>
    papersBack(work, { id: handoverId, seen: 1, slips: 2, backOn: "2026-11-20" }),
  );
  await expect(close()).rejects.toThrow("完了していない");
  await as("clerk1", (work) => moveFile(work, { id: fileId, type: "close" }));
  await expect(close()).rejects.toThrow("理由");
  await close("lost");
  const { handover } = await as("clerk1", (work) => getHandover(work, handoverId));
  expect(handover).toMatchObject({ difference: "lost" });
});

test("再入力検査は、抜き取った行を見ずに入れ直し、違った項目を数える", async () => {
  const child = await punched.child();
  const { fileId } = await punched.looked([line({ person: child, lot: "AB123" })], "R8-again");
  await as("clerk2", (work) => drawRows(work, fileId, 5));
  const row = (await as("clerk2", (work) => nextToKey(work, fileId))) ?? 0;
  await as("clerk2", (work) =>
    keepRekeyed(work, {
      fileId,
      row,
      raw: {
        outcome: "given",
        vaccine: "pcv",
        dose: "1",
        givenOn: "2026-07-10",
        person: child,
        lot: "AB124",
      },
    }),
  );
  expect(await as("clerk1", (work) => accuracyOf(work, fileId))).toMatchObject({
    drawn: 1,
    keyed: 1,
    differing: 1,
    byItem: [{ item: "lot", count: 1 }],
  });
});

test("1000枚のうち50枚が二人に当たっても、950枚は記録になり、50枚は待ち、途中で止まっても同じ結果になる", {
  timeout: 120_000,
}, async () => {
  const born = { birthDate: "2026-05-10", residence: { from: "2026-05-10", fromReason: "birth" } };
  const numbers = await punched.people(...(Array.from({ length: 950 }, () => born) as never[]));
  await punched.people(
    ...(["a", "b"].map(() => ({
      ...born,
      name: { kanji: "対 人", kana: "ツイ ヒト" },
    })) as never[]),
  );
  const lines = [
    ...numbers.map((person) => line({ person })),
    ...Array.from({ length: 50 }, (_, n) =>
      line({ name: "対 人", kana: "ツイ ヒト", birth: "20260510", sex: "2", image: `${n}.tif` }),
    ),
  ];
  const { fileId } = await punched.looked(
    [...lines, ...numbers.slice(0, 50).map((person) => line({ person, vaccine: "hib" }))],
    "R8-thousand",
  );
  await punched.approve(fileId);
  // Stopped between two lots, and begun twice at once.
  await Promise.all([punched.take(fileId), punched.take(fileId)]);
  await punched.take(fileId);
  const states = Map.groupBy(await slips(fileId), ({ state }) => state as string);
  expect([states.get("recorded")?.length, states.get("doubtful")?.length]).toEqual([1000, 50]);
  expect(await punched.state(fileId)).toBe("taken");
});

test("委託先の並びは、申請した人でない人が承認した日から、見出し・コード・区切りを読み替える", async () => {
  const child = await punched.child();
  const { contractorId } = await punched.contractor();
  const asked = {
    contractorId,
    validFrom: "2026-11-20",
    header: true,
    headings: true,
    delimiter: "\t",
    encoding: "shift_jis",
    dates: "GYYMMDD",
    columns: [
      { heading: "接種年月日", item: "givenOn" },
      { heading: "実施", item: "outcome" },
      { heading: "宛名", item: "person" },
      { heading: "種別", item: "vaccine" },
      { heading: "期", item: "period" },
    ],
    codes: { outcome: { A: "given", B: "unfit" } },
    vaccines: { PCV: "pcv", "MR/2": "mr2" },
  } as const;
  await expect(
    as("clerk1", (work) => askLayout(work, { ...asked, columns: asked.columns.slice(2) })),
  ).rejects.toThrow("区分と接種日の列");
  await expect(
    as("clerk1", (work) => askLayout(work, { ...asked, vaccines: { X: "xyz" } })),
  ).rejects.toThrow("xyz");
  await as("clerk1", (work) => askLayout(work, asked));
  const [row] = await as("clerk1", listLayouts);
  await expect(
    as("clerk1", (work) => decideLayout(work, row?.id ?? 0, "approved")),
  ).rejects.toThrow("申請した本人");
  await as("supervisor1", (work) => decideLayout(work, row?.id ?? 0, "approved"));
  const handoverId = await punched.order("R8-own", 2);
  const bytes = fileOf(
    [
      ["接種年月日", "実施", "宛名", "種別", "期"],
      ["5080710", "A", child, "PCV", ""],
      ["5080710", "A", child, "MR", "2"],
    ].map((fields) => fields.join("\t")),
    { orderNumber: "R8-own", encoding: "shift_jis" },
  );
  const fileId = await punched.receive(handoverId, await punched.encrypt(bytes));
  await punched.judge(fileId);
  await punched.approve(fileId);
  await punched.take(fileId);
  const taken = await city.admin`
    select vaccine, given_on::text as on, state from vaccination.slip where reference like ${`${fileId}:%`} order by vaccine desc`;
  expect(taken).toMatchObject([
    { vaccine: "pcv", on: "2026-07-10", state: "recorded" },
    { vaccine: "mr2", on: "2026-07-10", state: "doubtful" },
  ]);
});
