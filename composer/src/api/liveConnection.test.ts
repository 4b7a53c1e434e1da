import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveConnection, pauses, silenceLimit } from './liveConnection';

class Socket {
  static all: Socket[] = [];
  readyState = 1;
  sent: Record<string, unknown>[] = [];
  onmessage: ((event: { data: string }) => void) | undefined;
  onclose: (() => void) | undefined;
  constructor() { Socket.all.push(this); }
  send(text: string) { this.sent.push(JSON.parse(text) as Record<string, unknown>); }
  close() { this.readyState = 3; this.onclose?.(); }
  say(message: object) { this.onmessage?.({ data: JSON.stringify(message) }); }
}
const last = () => Socket.all.at(-1) as Socket;
const ignore = () => undefined;

describe('the live socket', () => {
  let live: LiveConnection;
  beforeEach(() => {
    vi.useFakeTimers();
    Socket.all = [];
    live = new LiveConnection(() => new Socket() as unknown as WebSocket);
    live.start();
  });
  afterEach(() => {
    live.stop();
    vi.useRealTimers();
  });

  it('subscribes after the hello and hands events on', () => {
    const onEvent = vi.fn();
    live.subscribe({ topic: 'entities' }, onEvent, ignore);
    expect(last().sent).toEqual([]);
    last().say({ hello: { session: 's1', time: Date.now() } });
    expect(last().sent).toEqual([{ id: 1, subscribe: { topic: 'entities' } }]);
    last().say({ seq: 7, id: 1, event: { name: 'X' } });
    expect(onEvent).toHaveBeenCalledWith({ name: 'X' });
    expect(live.getState().state).toBe('open');
  });

  it('dials again and asks for what came after the last event', () => {
    live.subscribe({ topic: 'entities' }, ignore, ignore);
    last().say({ hello: { session: 's1', time: Date.now() } });
    last().say({ seq: 7, id: 1, event: {} });
    last().close();
    expect(live.getState().state).toBe('lost');
    vi.advanceTimersByTime(pauses.first);
    last().say({ hello: { session: 's2', time: Date.now() } });
    expect(last().sent).toEqual([{ resume: { session: 's1', after: 7 } }]);
  });

  it('tells what was subscribed and given up during the break', () => {
    const leave = live.subscribe({ topic: 'entities' }, ignore, ignore);
    last().say({ hello: { session: 's1', time: Date.now() } });
    last().close();
    leave();
    live.subscribe({ topic: 'entities' }, ignore, ignore);
    vi.advanceTimersByTime(pauses.first);
    last().say({ hello: { session: 's2', time: Date.now() } });
    expect(last().sent.slice(1)).toEqual([{ id: 1, unsubscribe: true }, { id: 2, subscribe: { topic: 'entities' } }]);
  });

  it('subscribes anew and says so when the server has forgotten the session', () => {
    const onReset = vi.fn();
    live.onReset(onReset);
    live.subscribe({ topic: 'entities' }, ignore, ignore);
    last().say({ hello: { session: 's1', time: Date.now() } });
    last().close();
    vi.advanceTimersByTime(pauses.first);
    last().say({ hello: { session: 's2', time: Date.now() } });
    last().say({ reset: true });
    expect(onReset).toHaveBeenCalledOnce();
    expect(last().sent.at(-1)).toEqual({ id: 1, subscribe: { topic: 'entities' } });
  });

  it('counts a silent socket as dead', () => {
    last().say({ hello: { session: 's1', time: Date.now() } });
    vi.advanceTimersByTime(silenceLimit - 1_000);
    last().say({ time: Date.now() });
    vi.advanceTimersByTime(silenceLimit - 1_000);
    expect(live.getState().state).toBe('open');
    vi.advanceTimersByTime(2_000);
    expect(live.getState().state).toBe('lost');
  });

  it('waits longer after each attempt, up to a limit', () => {
    last().close();
    for (const pause of [pauses.first, 1_000, 2_000, 4_000, pauses.longest, pauses.longest]) {
      const dialled = Socket.all.length;
      vi.advanceTimersByTime(pause - 1);
      expect(Socket.all.length).toBe(dialled);
      vi.advanceTimersByTime(1);
      expect(Socket.all.length).toBe(dialled + 1);
      last().close();
    }
  });

  it('says so when the server closes a socket before its first word, and only then', () => {
    const onRefused = vi.fn();
    live.onRefused(onRefused);
    last().close();
    expect(onRefused).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(pauses.first);
    last().say({ hello: { session: 's1', time: Date.now() } });
    last().close();
    expect(onRefused).toHaveBeenCalledOnce();
  });

  it('hands a refusal to who asked', () => {
    const onError = vi.fn();
    live.subscribe({ topic: 'entities' }, ignore, onError);
    last().say({ hello: { session: 's1', time: Date.now() } });
    last().say({ id: 1, error: 'no' });
    expect(onError).toHaveBeenCalledWith('no');
  });

  it('keeps the time of the server', () => {
    last().say({ hello: { session: 's1', time: Date.now() + 5_000 } });
    vi.advanceTimersByTime(1_000);
    expect(live.serverNow()).toBe(Date.now() + 5_000);
  });
});
