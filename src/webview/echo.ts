/**
 * A key pressed in the webview may reach VS Code as a key binding too, and come back as a command: the
 * one that was just handled here is not obeyed twice.
 */
import type { PanelCommand } from '../protocol/panel.ts';

export function createEchoFilter(
  now: () => number,
  windowMs = 250,
): { handled(command: PanelCommand): void; isEcho(command: PanelCommand): boolean } {
  let recent: { command: PanelCommand; at: number }[] = [];
  return {
    handled(command) {
      recent.push({ command, at: now() });
      if (recent.length > 50) recent = recent.slice(-50);
    },
    isEcho(command) {
      recent = recent.filter((item) => now() - item.at < windowMs);
      const index = recent.findIndex((item) => item.command === command);
      if (index < 0) return false;
      recent.splice(index, 1);
      return true;
    },
  };
}
