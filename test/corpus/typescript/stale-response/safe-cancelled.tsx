// safe: the effect's clean-up tells the old one to keep still
import { useEffect, useState } from 'react';
import { fetchProfile } from './api';

export function Profile({ userId }: { userId: string }) {
  const [profile, setProfile] = useState<{ name: string } | null>(null);

  useEffect(() => {
    let cancelled = false;
    void fetchProfile(userId).then((loaded) => {
      if (!cancelled) setProfile(loaded);
    });
    return () => {
      cancelled = true;
    };
  }, [userId]);

  return <p>{profile?.name}</p>;
}
