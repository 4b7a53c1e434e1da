import { describe, expect, it } from 'vitest';
import { lineFaultOf } from './failure';

describe('lineFaultOf', () => {
  it.each([
    ['Service [Pump.Twice] at line 2: Unexpected token', 2, 'Unexpected token'],
    ['Service [Pump.Twice] failed at line 14: ReferenceError: a is not defined.', 14, 'ReferenceError: a is not defined.'],
    ['Service [Other.Deep] failed at line 3: too hot; called by [Pump.Twice] at line 7', 7, 'Service [Other.Deep] failed at line 3: too hot; called by [Pump.Twice] at line 7'],
  ])('%s', (sentence, line, reason) => expect(lineFaultOf(sentence, 'Pump.Twice')).toEqual({ line, sentence: reason }));

  it('knows no line where none of this script is named', () => {
    expect(lineFaultOf('Service [Pump.TwiceMore] at line 2: Unexpected token', 'Pump.Twice')).toBeUndefined();
    expect(lineFaultOf('You may not write property [speed].', 'Pump.Twice')).toBeUndefined();
  });
});
