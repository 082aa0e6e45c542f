// race: stale-after-await check=6 act=8
class Client {
  private socket: { write(text: string): void } | null = { write: (text) => console.log(text) };

  async send(text: string): Promise<void> {
    if (this.socket === null) return;
    await null;
    this.socket.write(text);
  }

  close(): void {
    this.socket = null;
  }
}

const client = new Client();
const sending = client.send('hello');
setTimeout(() => client.close(), 0);
void client.send('again');
client.close();
await sending;
