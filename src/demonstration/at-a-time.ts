/** How many cases are played at a time. */
const atATime = 6;

/** Does something to each of many, a few at a time, the last one first. */
export async function someAtATime<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<unknown>,
): Promise<void> {
  const queue = [...items];
  const play = async () => {
    for (let one = queue.pop(); one !== undefined; one = queue.pop()) await run(one);
  };
  await Promise.all(Array.from({ length: atATime }, play));
}
