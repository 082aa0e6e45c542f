// safe: a mutex around both
import { Mutex } from 'async-mutex';
import { User } from './models/user';

const mutex = new Mutex();

export async function register(email: string): Promise<boolean> {
  return mutex.runExclusive(async () => {
    if (await User.findOne({ email })) return false;
    await User.create({ email });
    return true;
  });
}
