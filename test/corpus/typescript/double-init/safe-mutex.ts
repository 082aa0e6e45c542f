// safe: made under a mutex
import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let session: string | null = null;

export async function getSession(login: () => Promise<string>): Promise<string> {
  const release = await mutex.acquire();
  try {
    if (session === null) session = await login();
    return session;
  } finally {
    release();
  }
}
