// race: check-then-remove check=10 act=13
class OneTimeTokens {
  private tokens = new Map<string, string>([['t1', 'ann']]);

  private verify(token: string): Promise<boolean> {
    return new Promise((resolve) => setTimeout(() => resolve(token.length > 0), 1));
  }

  async use(token: string): Promise<string | undefined> {
    const user = this.tokens.get(token);
    if (user === undefined) return undefined;
    if (!(await this.verify(token))) return undefined;
    this.tokens.delete(token);
    return user;
  }
}

const tokens = new OneTimeTokens();
const used = await Promise.all([tokens.use('t1'), tokens.use('t1')]);
console.log(used);
