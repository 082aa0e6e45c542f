// race: double-init check=8 act=8
export class TokenSource {
  #token?: string;

  constructor(private readonly auth: { issue(): Promise<string> }) {}

  async token(): Promise<string> {
    this.#token ??= await this.auth.issue();
    return this.#token;
  }

  revoke(): void {
    this.#token = undefined;
  }
}
