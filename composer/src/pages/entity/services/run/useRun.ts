import { useRef, useState } from 'react';
import type { ServiceDefinition } from '../../../../api/definitions';
import type { EntityDocument } from '../../../../api/entities';
import { ApiError, path, request } from '../../../../api/client';
import { isObject, readTable, type InfoTable } from '../../../../api/infotable';
import { live } from '../../../../api/live';
import { readWay, timingHeader, type Way } from '../../../../api/timing';
import { useRuns } from '../../../../app/runs';
import { withoutSecrets, type Inputs } from './inputs';

/** How a run ended. */
export interface Outcome {
  /** Of this page's clock from asking to reading, milliseconds. */
  readonly duration: number;
  readonly way: Way | undefined;
  /** What the server answered. */
  readonly answer: unknown;
  /** The answer as a table, where it is one. */
  readonly table: InfoTable | undefined;
  readonly error: unknown;
}

/** Under which earlier runs of a service are kept. */
export const runKey = (entity: EntityDocument, service: ServiceDefinition): string => `${entity.kind}/${entity.name}/${service.name}`;

/** Runs a service and keeps how it ended. */
export function useRun(entity: EntityDocument, service: ServiceDefinition) {
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const [isRunning, setIsRunning] = useState(false);
  const controller = useRef<AbortController>(undefined);
  const add = useRuns(state => state.add);

  const run = async (inputs: Inputs): Promise<Outcome | undefined> => {
    controller.current?.abort();
    const mine = new AbortController();
    controller.current = mine;
    setIsRunning(true);
    const started = performance.now();
    let way: Way | undefined;
    let answer: unknown;
    let error: unknown;
    try {
      answer = await request(path(entity.kind, entity.name, 'Services', service.name), {
        method: 'POST', body: inputs, signal: mine.signal, headers: { [timingHeader]: '1' }, onAnswer: response => { way = readWay(response.headers.get('Server-Timing')); },
      });
    } catch (failure) {
      // Who stopped waiting wants no sentence about it.
      if (mine.signal.aborted) return undefined;
      error = failure instanceof ApiError ? failure : new ApiError(0, String(failure));
    }
    const duration = performance.now() - started;
    const ended: Outcome = { duration, way, answer, table: error === undefined ? tableOf(answer) : undefined, error };
    setIsRunning(false);
    setOutcome(ended);
    add(runKey(entity, service), { time: live.serverNow(), inputs: withoutSecrets(service, inputs), duration, hasFailed: error !== undefined });
    return ended;
  };
  const stop = () => {
    controller.current?.abort();
    setIsRunning(false);
  };
  return { outcome, isRunning, run, stop };
}

function tableOf(answer: unknown): InfoTable | undefined {
  return isObject(answer) && Array.isArray(answer['rows']) && isObject(answer['dataShape']) ? readTable(answer) : undefined;
}
