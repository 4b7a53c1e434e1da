import { Button } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import type { ServiceDefinition } from '../../../api/definitions';
import type { EntityDocument } from '../../../api/entities';
import type { Json } from '../../../api/infotable';
import { texts } from '../../../texts';
import { InputForm } from '../services/run/InputForm';
import type { Inputs } from '../services/run/inputs';
import { ResultView } from '../services/run/ResultView';
import type { Outcome } from '../services/run/useRun';
import css from './RunPane.module.css';

interface Properties {
  entity: EntityDocument;
  service: ServiceDefinition;
  inputs: Inputs;
  errors: Readonly<Record<string, string>>;
  onInput: (name: string, value: Json | undefined) => void;
  onError: (name: string, sentence: string | undefined) => void;
  outcome: Outcome | undefined;
  isRunning: boolean;
  /** Why it cannot run. */
  hindrance: string | undefined;
  /** Whether something has to be saved before. */
  savesFirst: boolean;
  onRun: () => void;
}

const words = texts.code;

/** A test run of the script above: inputs by type, and what came of it. */
export function RunPane({ entity, service, inputs, errors, onInput, onError, outcome, isRunning, hindrance, savesFirst, onRun }: Properties) {
  return (
    <section className={css.pane} aria-label={words.run}>
      <div className={css.inputs}>
        <div className={css.go}>
          <Button appearance="primary" size="small" icon={<PlayRegular />} disabled={hindrance !== undefined || isRunning} title={hindrance} onClick={onRun}>{savesFirst ? words.saveAndRun : words.run}</Button>
          <kbd>Ctrl Enter</kbd>
          <span className="hint">{isRunning ? words.running : hindrance ?? (savesFirst ? words.savesFirst : '')}</span>
        </div>
        <InputForm entity={entity} service={service} inputs={inputs} errors={errors} onInput={onInput} onError={onError} />
      </div>
      <div className={css.result}>{!isRunning && outcome && <ResultView outcome={outcome} name={service.name} otherServer={undefined} inputs={inputs} />}</div>
    </section>
  );
}
