/** Small parts used all over the panel: lane badges, program text, role tags, icon buttons. */
import type { ComponentChildren, JSX } from 'preact';
import { shorten } from '../../core/trace/visible.ts';
import type { StepRole } from '../../core/trace/words.ts';
import type { LaneView } from '../../core/trace/replay.ts';
import { roleNames } from '../model/sentences.ts';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';

/** Lanes beyond the eighth take the colours again; letter and place still tell them apart. */
export const laneColours = 8;

/** The lane's letter on its colour. */
export function Badge({ lane }: { lane: LaneView }): JSX.Element {
  return (
    <span class={`badge lane${lane.position % laneColours}`} aria-hidden="true">
      {lane.letter}
    </span>
  );
}

/** Badge and name, with the kind said to screen readers by the name alone. */
export function LaneName({ lane }: { lane: LaneView }): JSX.Element {
  return (
    <span class="lane-name" title={shorten(lane.name, 300)}>
      <Badge lane={lane} />
      <span class="ellipsis">{shorten(lane.name, 80)}</span>
    </span>
  );
}

/** Source text or a value: always a text node, invisible characters escaped, long text cut. */
export function Code({ text, limit = 160, stale = false }: { text: string; limit?: number; stale?: boolean }): JSX.Element {
  const shown = shorten(text, limit);
  return stale ? <s class="code">{shown}</s> : <code class="code">{shown}</code>;
}

/** Prose with `code` between backticks, as elements; a backtick without its partner stays as it is. */
export function withCode(text: string): (string | JSX.Element)[] {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return [text];
  return parts.map((part, at) => (at % 2 === 0 ? part : <code class="code">{part}</code>));
}

/** A role in words, with a mark whose shape and colour repeat it. */
export function RoleTag({ role }: { role: StepRole }): JSX.Element {
  return <span class={`tag tag-${role}`}>{roleNames[role]}</span>;
}

export interface ToolProps {
  icon: IconName;
  label: string;
  onClick: () => void;
  keys?: string;
  disabled?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  primary?: boolean;
  class?: string;
  children?: ComponentChildren;
}

/** A button with an icon; the label is its name and, with the key, its tooltip. */
export function Tool(props: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class={`tool ${props.primary ? 'primary' : ''} ${props.class ?? ''}`}
      aria-label={props.label}
      title={props.keys ? `${props.label} (${props.keys})` : props.label}
      disabled={props.disabled ?? false}
      {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
      {...(props.expanded === undefined ? {} : { 'aria-expanded': props.expanded, 'aria-haspopup': 'true' as const })}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
      {props.children}
    </button>
  );
}
