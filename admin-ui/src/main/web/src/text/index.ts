import { en, type Text } from './en';

/** The words of the language in use; English is the only one so far. */
export const t: Text = en;
