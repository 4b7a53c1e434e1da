/** How the page stands with its server. `since` is when that began, on this machine's clock. */
export interface ConnectionState {
  readonly state: 'off' | 'connecting' | 'open' | 'lost';
  readonly since: number;
}

/** Without a word of the server for so long the socket counts as dead, ms. The server speaks every 5 s at least. */
export const silenceLimit = 10_000;

/** First and longest pause before the next attempt, ms. */
export const pauses = { first: 500, longest: 5_000 };

interface Subscription { topic: object; onEvent: (event: unknown) => void; onError: (sentence: string) => void; isKnown: boolean }
interface Message { hello?: { session: string; time: number }; time?: number; reset?: boolean; seq?: number; id?: number; event?: unknown; error?: string }

/**
 * One WebSocket with numbered subscriptions. It dials again by itself, asks for what it missed, and says `reset` to its
 * listeners when the server no longer has it.
 */
export class LiveConnection {
  private socket: WebSocket | undefined;
  private state: ConnectionState = { state: 'off', since: Date.now() };
  private readonly stateListeners = new Set<() => void>();
  private readonly resetListeners = new Set<() => void>();
  private readonly refusedListeners = new Set<() => void>();
  private readonly subscriptions = new Map<number, Subscription>();
  private forgotten: number[] = [];
  private nextId = 1;
  private session: string | undefined;
  private offered: string | undefined;
  private lastSeq = 0;
  private heard = 0;
  private pause = pauses.first;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private clockAhead = 0;

  constructor(private readonly dial: () => WebSocket) {}

  readonly getState = (): ConnectionState => this.state;

  readonly onState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  /** Calls back when events were lost, so that everything shown has to be fetched anew. */
  readonly onReset = (listener: () => void): (() => void) => {
    this.resetListeners.add(listener);
    return () => this.resetListeners.delete(listener);
  };

  /** Calls back when the server closed a socket before its first word: it is not there, or does not know the session. */
  readonly onRefused = (listener: () => void): (() => void) => {
    this.refusedListeners.add(listener);
    return () => this.refusedListeners.delete(listener);
  };

  /** The server's clock now, milliseconds since 1970. */
  serverNow(): number {
    return Date.now() + this.clockAhead;
  }

  setServerTime(time: number): void {
    this.clockAhead = time - Date.now();
  }

  start(): void {
    if (this.state.state !== 'off') return;
    this.open();
    this.watch = setInterval(() => {
      if (this.state.state === 'open' && Date.now() - this.heard > silenceLimit) this.drop();
    }, 1_000);
  }

  stop(): void {
    clearInterval(this.watch);
    clearTimeout(this.retry);
    this.session = undefined;
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
    this.become('off');
  }

  subscribe(topic: object, onEvent: (event: unknown) => void, onError: (sentence: string) => void): () => void {
    const id = this.nextId++;
    const subscription: Subscription = { topic, onEvent, onError, isKnown: false };
    this.subscriptions.set(id, subscription);
    if (this.state.state === 'open') this.tell(id, subscription);
    return () => {
      this.subscriptions.delete(id);
      if (this.state.state === 'open') this.send({ id, unsubscribe: true });
      else if (subscription.isKnown) this.forgotten.push(id);
    };
  }

  private open(): void {
    this.become(this.state.state === 'lost' ? 'lost' : 'connecting');
    const socket = this.dial();
    this.socket = socket;
    let hasSpoken = false;
    socket.onmessage = event => {
      if (socket !== this.socket) return;
      this.heard = Date.now();
      hasSpoken = true;
      this.receive(JSON.parse(String(event.data)) as Message);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.lose();
      if (!hasSpoken) this.refusedListeners.forEach(listener => listener());
    };
  }

  private drop(): void {
    const socket = this.socket;
    this.lose();
    socket?.close();
  }

  private lose(): void {
    this.socket = undefined;
    this.become('lost');
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(this.pause * 2, pauses.longest);
  }

  private receive(message: Message): void {
    if (message.hello) {
      this.setServerTime(message.hello.time);
      this.greet(message.hello.session);
    } else if (message.reset) {
      this.session = this.offered;
      this.lastSeq = 0;
      this.subscribeAll(true);
      this.resetListeners.forEach(listener => listener());
    } else if (message.time !== undefined) {
      this.setServerTime(message.time);
    }
    if (message.seq !== undefined) this.lastSeq = message.seq;
    const subscription = message.id === undefined ? undefined : this.subscriptions.get(message.id);
    if (message.error !== undefined) subscription?.onError(message.error);
    else if (message.event !== undefined) subscription?.onEvent(message.event);
  }

  // A session from before the break is taken up again where it ended; the server says reset when it cannot.
  private greet(offered: string): void {
    this.pause = pauses.first;
    this.offered = offered;
    this.become('open');
    if (this.session === undefined) {
      this.session = offered;
      this.subscribeAll(true);
    } else {
      this.send({ resume: { session: this.session, after: this.lastSeq } });
      this.forgotten.forEach(id => this.send({ id, unsubscribe: true }));
      this.subscribeAll(false);
    }
    this.forgotten = [];
  }

  private subscribeAll(anew: boolean): void {
    for (const [id, subscription] of this.subscriptions) if (anew || !subscription.isKnown) this.tell(id, subscription);
  }

  private tell(id: number, subscription: Subscription): void {
    subscription.isKnown = true;
    this.send({ id, subscribe: subscription.topic });
  }

  private send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private become(state: ConnectionState['state']): void {
    if (state === this.state.state) return;
    this.state = { state, since: Date.now() };
    this.stateListeners.forEach(listener => listener());
  }
}
