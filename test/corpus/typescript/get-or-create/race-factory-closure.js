// race: get-or-create check=7 act=9
export function createLoader(fetchUser) {
  const users = new Map();

  return {
    async load(id) {
      if (users.has(id)) return users.get(id);
      const user = await fetchUser(id);
      users.set(id, user);
      return user;
    },
    forget(id) {
      users.delete(id);
    },
  };
}
