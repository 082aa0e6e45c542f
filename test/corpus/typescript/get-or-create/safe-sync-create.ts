// safe: made and stored without awaiting
export class Rooms {
  private rooms = new Map<string, string[]>();

  async join(name: string, user: string, log: { write(line: string): Promise<void> }): Promise<void> {
    let members = this.rooms.get(name);
    if (!members) {
      members = [];
      this.rooms.set(name, members);
    }
    members.push(user);
    await log.write(`${user} joined ${name}`);
  }
}
