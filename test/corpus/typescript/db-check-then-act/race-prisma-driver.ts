// race: db-check-then-act check=7 act=9
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

async function book(seat: number, user: string): Promise<boolean> {
  const taken = await prisma.booking.findFirst({ where: { seat } });
  if (taken) return false;
  await prisma.booking.create({ data: { seat, user } });
  return true;
}

const answers = await Promise.all([book(7, 'ann'), book(7, 'bob')]);
console.log(answers);
