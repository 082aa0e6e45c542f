// race: stale-response check=10 act=11
import { useEffect, useState } from 'react';
import { fetchProfile } from './api';

export function Profile({ userId }: { userId: string }) {
  const [profile, setProfile] = useState<{ name: string } | null>(null);

  useEffect(() => {
    async function load() {
      const loaded = await fetchProfile(userId);
      setProfile(loaded);
    }
    void load();
  }, [userId]);

  return <p>{profile?.name}</p>;
}
