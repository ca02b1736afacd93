/** One line of a scrape. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** What Prometheus would read at `url`. */
export class Scrape {
  private constructor(
    readonly text: string,
    readonly samples: readonly Sample[],
    /** Metrics that are declared, by name: gauge, counter or histogram. */
    readonly types: ReadonlyMap<string, string>,
  ) {}

  static async of(url: string): Promise<Scrape> {
    const response = await fetch(url);
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type] as const);
    const samples = text.split('\n').flatMap(line => {
      const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (!name) return [];
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, held]) => [label, held]);
      return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
    });
    return new Scrape(text, samples, new Map(types as [string, string][]));
  }

  /** The value of the one sample that has (at least) these labels; undefined where there is none. */
  value(name: string, labels: Record<string, string> = {}): number | undefined {
    const found = this.samples.filter(
      sample =>
        sample.name === name &&
        Object.entries(labels).every(([label, held]) => sample.labels[label] === held),
    );
    if (found.length > 1) throw new Error(`${found.length} samples are ${name} ${JSON.stringify(labels)}`);
    return found[0]?.value;
  }

  /** All samples of a name, as `label,label` (in the order given) and value. */
  by(name: string, ...labels: string[]): Record<string, number> {
    const found = this.samples.filter(sample => sample.name === name);
    return Object.fromEntries(found.map(sample => [labels.map(l => sample.labels[l]).join(), sample.value]));
  }
}
