/**
 * The keys of the panel, as data: what the key handler looks up, and what the help overlay lists.
 * Every command is a VS Code command too.
 */
import type { PanelCommand } from '../../protocol/panel.ts';
import { t } from '../l10n.ts';

export interface KeyPress {
  key: string;
  shift: boolean;
}

const plainKeys: Readonly<Record<string, PanelCommand>> = {
  ' ': 'playPause',
  ArrowLeft: 'stepBack',
  ArrowRight: 'stepForward',
  ',': 'previousInLane',
  '.': 'nextInLane',
  Home: 'first',
  End: 'last',
  v: 'violation',
  V: 'violation',
  Backspace: 'undo',
  r: 'runOn',
  R: 'runOn',
  f: 'centre',
  F: 'centre',
  Escape: 'close',
  '?': 'help',
};

/** The command of a key press, or null. Digits (lanes) are told apart by {@link laneOfKey}. */
export function commandOfKey({ key, shift }: KeyPress): PanelCommand | null {
  if (shift && key === 'ArrowLeft') return 'previousSwitch';
  if (shift && key === 'ArrowRight') return 'nextSwitch';
  return Object.hasOwn(plainKeys, key) ? (plainKeys[key] ?? null) : null;
}

/** 0-based lane position for the keys 1 to 9, or null. */
export function laneOfKey({ key }: KeyPress): number | null {
  return /^[1-9]$/.test(key) ? Number(key) - 1 : null;
}

/** The help overlay's table. */
export const keyHelp: readonly { keys: readonly string[]; does: string }[] = [
  { keys: [t('Space')], does: t('Play or pause') },
  { keys: ['←', '→'], does: t('Previous or next step') },
  { keys: [t('Shift ←'), t('Shift →')], does: t('Previous or next context switch') },
  { keys: [',', '.'], does: t('Previous or next step of this lane') },
  { keys: [t('Home'), t('End')], does: t('First or last step') },
  { keys: ['V'], does: t('Go to the violation') },
  { keys: ['1', '…', '9'], does: t('Let that lane move next (drive it yourself)') },
  { keys: [t('Backspace')], does: t('Take back the last move') },
  { keys: ['R'], does: t('Choose how the driven execution runs on') },
  { keys: ['F'], does: t('Bring the current step to the centre') },
  { keys: [t('Esc')], does: t('Close a menu, or leave driving') },
  { keys: ['?'], does: t('This help') },
];
