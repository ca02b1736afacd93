const endings: (() => unknown)[] = [];

/** Runs at the end of the test, whether it passes or not, so that a failure leaves nothing running. */
export function atTheEnd(ending: () => unknown): void {
  endings.push(ending);
}

afterEach(async () => {
  for (const ending of endings.splice(0).reverse()) await ending();
});
