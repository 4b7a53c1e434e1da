import { describe, expect, it } from 'vitest';
import { isServerUri, meantUri } from './useSubscriberTest';

describe('a Server URI', () => {
  it.each(['ws://127.0.0.1:8080/Thingworx/WS', 'wss://server.example/Thingworx/WS'])('is %s', text => expect(isServerUri(text)).toBe(true));
  it.each(['', 'wss://', 'http://a/Thingworx/WS', 'wss://a/Thingworx', 'wss://user@a/Thingworx/WS'])('is not %j', text => expect(isServerUri(text)).toBe(false));

  it('is guessed from what is nearly one', () => {
    expect(meantUri('http://127.0.0.1:9100')).toBe('ws://127.0.0.1:9100/Thingworx/WS');
    expect(meantUri('https://hq.example/Thingworx/Composer/')).toBe('wss://hq.example/Thingworx/WS');
    expect(meantUri('hq.example:8443')).toBe('wss://hq.example:8443/Thingworx/WS');
    expect(meantUri('w')).toBeUndefined();
    expect(meantUri('wss://hq.example/Thingworx/WS')).toBeUndefined();
  });
});
