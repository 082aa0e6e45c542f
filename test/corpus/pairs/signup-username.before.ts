import { Prisma, PrismaClient } from "@prisma/client";
import type { Request, Response } from "express";
import { Router } from "express";
import { z } from "zod";

import { hashPassword } from "@calcom/features/auth/lib/hashPassword";
import { sendEmailVerification } from "@calcom/features/auth/lib/verifyEmail";
import { IS_PREMIUM_USERNAME_ENABLED } from "@calcom/lib/constants";
import logger from "@calcom/lib/logger";
import slugify from "@calcom/lib/slugify";

const log = logger.getSubLogger({ prefix: ["signup"] });
const prisma = new PrismaClient();
export const router = Router();

const signupSchema = z.object({
  username: z.string().refine((value) => !value.includes("+")),
  email: z.string().email(),
  password: z.string().min(7),
  language: z.string().optional(),
});

function isPremiumUserName(username: string): boolean {
  return IS_PREMIUM_USERNAME_ENABLED && username.length < 5;
}

router.get("/signup/enabled", (_req: Request, res: Response) => {
  res.json({ enabled: process.env.NEXT_PUBLIC_DISABLE_SIGNUP !== "true" });
});

router.post("/signup", async (req: Request, res: Response) => {
  const parsed = signupSchema.safeParse(req.body);
  if (!parsed.success) {
    return res.status(422).json({ message: "Invalid input" });
  }
  const { email: rawEmail, password, language } = parsed.data;
  const username = slugify(parsed.data.username);
  const email = rawEmail.toLowerCase();

  if (isPremiumUserName(username)) {
    return res.status(402).json({ message: "This username is premium" });
  }

  const existingUser = await prisma.user.findFirst({
    where: { OR: [{ username }, { email }] },
    select: { id: true, email: true },
  });
  if (existingUser) {
    const message = existingUser.email !== email ? "Username already taken" : "Email address is already registered";
    return res.status(409).json({ message });
  }

  const hashedPassword = await hashPassword(password);
  const user = await prisma.user.create({
    data: {
      username,
      email,
      password: { create: { hash: hashedPassword } },
      identityProvider: "CAL",
    },
  });
  log.debug("created user", user.id);

  await sendEmailVerification({ email, username, language: language || "en" });
  return res.status(201).json({ message: "Created user" });
});

router.delete("/signup/:id", async (req: Request, res: Response) => {
  await prisma.user.delete({ where: { id: Number(req.params.id) } });
  res.status(204).end();
});
