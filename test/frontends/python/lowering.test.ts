import { describe, expect, it } from 'vitest';
import { show } from './front-end.ts';

const source = (text: string): string => text.replace(/^\n/, '');

describe('statements', () => {
  it('lowers the check-then-act of a ticket server', () => {
    const text = source(`
import threading

class Server:
    def __init__(self):
        self.seats = {}

    def buy(self, seat, user):
        if seat not in self.seats:
            self.seats[seat] = user
            self.sold += 1
            return True
        return False

threading.Thread(target=Server().buy, args=('1A', 'ann')).start()
`);
    expect(show(text, 'Server.buy')).toMatchInlineSnapshot(`
      "(vars self seat user)
      (if (compare seat not in (attr self seats))
        (set (index (attr self seats) seat) user)
        (do (+= (attr self sold) 1n))
        (return true))
      (return false)"
    `);
  });
});
