import type { LoadedSeed, TokenState } from './token-state.ts';

/** Returns the state of a program that finds this counter in its memory. */
export function withCounter(state: TokenState, counter: number): TokenState {
  if ('loaded' in state) return { ...state, loaded: { ...state.loaded, counter } };
  if ('kept' in state && 'loaded' in state.kept) {
    return { ...state, kept: { ...state.kept, loaded: { ...state.kept.loaded, counter } } };
  }
  return state;
}

/** Returns what a provisioned program holds, else undefined. */
export function loadedOf(state: TokenState): LoadedSeed | undefined {
  const resting = 'kept' in state ? state.kept : state;
  return 'loaded' in resting ? resting.loaded : undefined;
}
