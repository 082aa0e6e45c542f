/** Containers that hang on a class, so that all its objects share them: `registry = set()` in its body. */
import type { ModuleInfo } from './module-info.ts';

const kept = new WeakMap<ModuleInfo, Set<string>>();

/** Is the attribute one that the class's body sets and no object sets anew for itself? */
export function isOfClass(info: ModuleInfo, owner: string, name: string): boolean {
  return sharedByObjects(info).has(`${owner}.${name}`);
}

export function sharedByObjects(info: ModuleInfo): ReadonlySet<string> {
  let known = kept.get(info);
  if (known === undefined) kept.set(info, (known = find(info)));
  return known;
}

function find(info: ModuleInfo): Set<string> {
  const shared = new Set<string>();
  for (const cls of info.module.classes)
    for (const s of cls.body?.body ?? []) {
      if (s.kind !== 'assign' || !isContainer(info.typeOf(s.value)?.type ?? null, info.text(s.value.span))) continue;
      for (const t of s.targets)
        if (
          t.kind === 'name' &&
          t.ref.kind === 'classLocal' &&
          !new RegExp(`\\bself\\.${t.ref.name}\\s*(?::[^=\\n]+)?=[^=]`).test(info.text(cls.span))
        )
          shared.add(`${info.ownerName(cls)}.${t.ref.name}`);
    }
  return shared;
}

function isContainer(type: string | null, made: string): boolean {
  return (
    /^(list|dict|set|deque|collections\.\w+)$/.test(type ?? '') ||
    /\b(Weak\w*(?:Set|Dictionary)|defaultdict|OrderedDict|deque|Counter)\(/.test(made)
  );
}
