import LRU from 'lru-cache';
import type { Request, Response, NextFunction } from 'express';
import { Router } from 'express';
import { fetchProfile } from '../services/profile';
import { metrics } from '../metrics';

interface Entry {
  value: unknown;
  storedAt: number;
}

const TTL = 60_000;
const entries = new Map<string, Entry>();
export const router = Router();

function isFresh(entry: Entry | undefined): entry is Entry {
  return entry !== undefined && Date.now() - entry.storedAt < TTL;
}

async function cachedProfile(userId: string): Promise<unknown> {
  const cached = entries.get(userId);
  if (isFresh(cached)) {
    metrics.increment('profile.cache.hit');
    return cached.value;
  }
  metrics.increment('profile.cache.miss');
  const value = await fetchProfile(userId, { include: ['teams', 'roles'] });
  entries.set(userId, { value, storedAt: Date.now() });
  return value;
}

router.get('/users/:id', async (req: Request, res: Response, next: NextFunction) => {
  try {
    const profile = await cachedProfile(req.params.id);
    if (!profile) {
      res.status(404).json({ error: 'not found' });
      return;
    }
    res.json(profile);
  } catch (err) {
    next(err);
  }
});

router.delete('/users/:id/cache', (req, res) => {
  entries.delete(req.params.id);
  res.status(204).end();
});
