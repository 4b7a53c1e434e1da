import { describe, expect, it } from 'vitest';
import { matchesLine, type LogFilter } from './logs';

const all: LogFilter = { log: '', level: '', origin: '', user: '', text: '', range: { span: '', from: undefined, to: undefined } };
const line = { level: 'WARN', origin: 'Pump.Start', user: 'anna', content: 'It is hot' };

describe('a line that comes live', () => {
  it('shows where nothing is asked', () => expect(matchesLine(all)(line)).toBe(true));
  it('shows from its level on', () => {
    expect(matchesLine({ ...all, level: 'WARN' })(line)).toBe(true);
    expect(matchesLine({ ...all, level: 'ERROR' })(line)).toBe(false);
  });
  it('shows where every text is found', () => {
    expect(matchesLine({ ...all, origin: 'pump', user: 'ann', text: 'hot' })(line)).toBe(true);
    expect(matchesLine({ ...all, origin: 'pump', user: 'ann', text: 'cold' })(line)).toBe(false);
    expect(matchesLine({ ...all, user: 'bob' })(line)).toBe(false);
  });
});
