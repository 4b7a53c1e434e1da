import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/client';
import { saveEach } from './saving';

describe('saving fields', () => {
  it('goes on after a field that is refused', async () => {
    const last = vi.fn(async () => undefined);
    expect(await saveEach([['a', async () => { throw new ApiError(404, 'There is no Data Shape X.'); }], ['b', last]])).toEqual({ a: 'There is no Data Shape X.' });
    expect(last).toHaveBeenCalledOnce();
  });

  it('stops when the server does not answer, and blames no field', async () => {
    const last = vi.fn(async () => undefined);
    await expect(saveEach([['a', async () => { throw new ApiError(0, 'The server does not answer.'); }], ['b', last]])).rejects.toThrow('does not answer');
    expect(last).not.toHaveBeenCalled();
  });
});
