// safe: an upsert
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function touch(name: string): Promise<void> {
  await prisma.user.upsert({ where: { name }, create: { name }, update: {} });
}
