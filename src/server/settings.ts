/**
 * The user's settings as the client sends them, checked field by field (a settings file is written
 * by hand), and the engine options they make.
 */
import { defaultOptions, type EngineOptions, type Severity } from '../engine/api.ts';

export interface Settings {
  enable: boolean;
  codeLens: boolean;
  options: EngineOptions;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

/** An integer within bounds; anything else gives `otherwise`. */
function whole(value: unknown, least: number, most: number, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : otherwise;
}

const severityNames: readonly string[] = ['warning', 'information', 'hint', 'off'];

/** `section` is the configuration section `raceReplay`; `models` the parsed effect-model files. */
export function parseSettings(section: unknown, models: unknown): Settings {
  const given = record(section);
  const budget = record(given['budget']);
  const severities: Record<string, Severity | 'off'> = {};
  for (const [rule, value] of Object.entries(record(given['rules']))) {
    if (typeof value === 'string' && severityNames.includes(value)) severities[rule] = value as Severity | 'off';
  }
  const runtime = given['runtime'];
  return {
    enable: flag(given['enable'], true),
    codeLens: flag(record(given['codeLens'])['enable'], true),
    options: {
      ...defaultOptions,
      runtime: typeof runtime === 'string' && runtime !== 'auto' && runtime !== '' ? runtime : null,
      maxExecutions: whole(budget['maxExecutions'], 1, 1_000_000_000, defaultOptions.maxExecutions),
      timeoutMs: whole(budget['milliseconds'], 50, 600_000, defaultOptions.timeoutMs),
      loopBound: whole(budget['loopIterations'], 1, 10, defaultOptions.loopBound),
      hints: flag(given['hints'], false),
      severities,
      disabledRules: Object.keys(severities).filter((rule) => severities[rule] === 'off'),
      models: models ?? null,
    },
  };
}
