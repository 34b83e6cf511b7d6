import { describe, expect, it } from 'vitest';
import { fieldPath, placeOf } from './fieldErrors';

describe('fieldPath', () => {
  it('reads names and indices', () => {
    expect(fieldPath('pipelines[0].mappings[1].table')).toEqual(['pipelines', 0, 'mappings', 1, 'table']);
  });
  it('reads a plain name', () => expect(fieldPath('name')).toEqual(['name']));
});

describe('placeOf', () => {
  const known = [['name'], ['pipelines', 0, 'target'], ['pipelines', 0, 'mappings', 1, 'columns']];

  it('finds the field itself', () => {
    expect(placeOf('pipelines[0].target', known)).toEqual(['pipelines', 0, 'target']);
  });
  it('finds it when the server names it inside the whole document', () => {
    expect(placeOf('channels[3].pipelines[0].target', known)).toEqual(['pipelines', 0, 'target']);
  });
  it('takes the field around it when it is no field of its own', () => {
    expect(placeOf('pipelines[0].mappings[1].columns.include[2]', known)).toEqual(['pipelines', 0, 'mappings', 1, 'columns']);
  });
  it('finds nothing for what the form does not show', () => {
    expect(placeOf('pipelines[7].target', known)).toBeUndefined();
  });
});
