import { control } from '../unit/provider/simulated';

/** The control of the simulator at `url`, and what took place for some subjects, as `effect detail xcount`. */
export function simulatorAt(url: string) {
  const { setFaults, faults, ledger, clear } = control(url);
  return {
    setFaults,
    faults,
    ledger,
    clear,
    async effectsOf(...subjects: string[]): Promise<string[]> {
      const { effects } = await ledger();
      return effects
        .filter(({ subject }) => subjects.includes(subject))
        .map(({ effect, detail, count }) => `${effect} ${detail.replace(/ under .*/, '')} x${count}`);
    },
  };
}
