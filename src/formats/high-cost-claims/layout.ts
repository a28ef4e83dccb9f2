/** What an insurer is asked for: a household's month. Amounts in yen. */
export interface ClaimFileLine {
  /** Our number, by which the insurer answers: `K0000012`. */
  readonly number: string;
  readonly insurer: string;
  /** 診療月, YYYY-MM. */
  readonly month: string;
  readonly people: readonly {
    readonly name: string;
    readonly kana: string;
    readonly birth: string | null;
  }[];
  readonly category: string | null;
  readonly multiple: boolean;
  readonly totalCost: number;
  readonly share: number;
  readonly paidByCity: number;
  readonly highCost: number;
  readonly claimed: number;
  /** Null where none is asked for. */
  readonly mandateReceivedOn: string | null;
}

/**
 * How an insurer is asked. No common layout is established; each insurer has a paper of its own. A city that agrees on another one
 * with an insurer adds a layout here.
 */
export interface ClaimLayout {
  readonly id: string;
  readonly title: string;
  /** Of the name of the file. */
  readonly ending: string;
  write(lines: readonly ClaimFileLine[]): Uint8Array;
}
