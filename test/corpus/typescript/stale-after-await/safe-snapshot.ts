// safe: the snapshot is what is meant
export class Report {
  private rows: readonly string[] = [];
  constructor(private readonly printer: { print(rows: readonly string[]): Promise<void> }) {}

  async print(): Promise<number> {
    const rows = this.rows;
    await this.printer.print(rows);
    return rows.length;
  }
}
