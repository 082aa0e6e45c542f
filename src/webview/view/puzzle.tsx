/** The top of the panel while a puzzle is driven: the task, and a banner once it is solved. */
import type { JSX } from 'preact';
import type { DriveState, PuzzleTask } from '../../protocol/panel.ts';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import { reachedWords } from '../model/sentences.ts';
import { Shortest } from './drive.tsx';
import { Icon } from './icons.tsx';

export function Puzzle({ puzzle, state }: { puzzle: PuzzleTask; state: DriveState }): JSX.Element {
  const { actions } = usePanel();
  return (
    <>
      <header class="story puzzle">
        <p class="kicker">
          <span class="verdict-mark">
            <Icon name="fork" />
            <span>{t('Puzzle')}</span>
          </span>
          <span class="ellipsis">{puzzle.title}</span>
        </p>
        <h1 class="headline">{puzzle.task}</h1>
      </header>
      {state.reached && (
        <div class="banner good solved" role="status">
          <Icon name={puzzle.helped ? 'help' : 'check'} />
          <p>
            {puzzle.helped ? t('That is one way to do it.') : t('Solved.')} {!puzzle.helped && reachedWords(state.reached)}
          </p>
          <Shortest reached={state.reached} />
          <button type="button" class="small" onClick={() => actions.send({ type: 'puzzles' })}>
            {t('More puzzles…')}
          </button>
        </div>
      )}
    </>
  );
}
