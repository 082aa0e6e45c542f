/** How components reach the state and what they may do: one Preact context. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Actions } from './actions.ts';
import type { Store } from './store.ts';

export interface Panel {
  store: Store;
  actions: Actions;
}

export const PanelContext = createContext<Panel | null>(null);

/** The panel's state and actions; only inside the panel's tree. */
export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (!panel) throw new Error('usePanel outside the panel');
  return panel;
}
