import { Button, Dialog, DialogSurface } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { PlayFilled } from '@fluentui/react-icons/svg/play';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ServiceDefinition } from '../../../../api/definitions';
import type { EntityDocument } from '../../../../api/entities';
import type { Json } from '../../../../api/infotable';
import { useRefusals } from '../../../../app/rights';
import { useShortcut } from '../../../../frame/shortcuts';
import { tell } from '../../../../frame/status';
import { EmptyState } from '../../../../parts/EmptyState';
import { ErrorBar, sentenceOf } from '../../../../parts/ErrorBar';
import { formatDuration } from '../../../../parts/format';
import { RowSkeletons } from '../../../../parts/Skeletons';
import { texts } from '../../../../texts';
import { otherServer } from '../RunsOn';
import { CodeView } from './CodeView';
import { EarlierRuns } from './EarlierRuns';
import { InputForm } from './InputForm';
import { blamed, isRequired, readInputs, writeInputs, type Inputs } from './inputs';
import { ResultView } from './ResultView';
import css from './RunDialog.module.css';
import { runKey, useRun } from './useRun';

/** Runs a service: typed inputs at the left, result and way of the call at the right. Inputs stand in the address. */
export default function RunDialog({ entity, service, onClose }: { entity: EntityDocument; service: ServiceDefinition; onClose: () => void }) {
  const [address, setAddress] = useSearchParams();
  const [inputs, setInputs] = useState<Inputs>(() => readInputs(service, address.get('in')));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [ran, setRan] = useState<Inputs>({});
  const [showsCode, setShowsCode] = useState(false);
  const { outcome, isRunning, run, stop } = useRun(entity, service);
  const remote = otherServer(entity, service);
  const refusal = useRefusals(entity).service(service.name);

  const setError = (name: string, sentence: string | undefined) => setErrors(({ [name]: _, ...others }) => (sentence === undefined ? others : { ...others, [name]: sentence }));
  const fill = (next: Inputs) => {
    setInputs(next);
    setErrors({});
  };
  const setInput = (name: string, value: Json | undefined) => {
    const { [name]: _, ...others } = inputs;
    setInputs(value === undefined ? others : { ...others, [name]: value });
    setError(name, undefined);
  };
  const execute = async () => {
    if (refusal !== undefined) return;
    const missing = service.parameters.filter(field => isRequired(field) && inputs[field.name] === undefined);
    if (missing.length > 0 || Object.keys(errors).some(name => inputs[name] === undefined)) {
      setErrors({ ...errors, ...Object.fromEntries(missing.map(field => [field.name, texts.run.required(field.name)])) });
      return;
    }
    setShowsCode(false);
    setErrors({});
    setRan(inputs);
    const text = writeInputs(service, inputs);
    setAddress(current => {
      const next = new URLSearchParams(current);
      if (text === undefined) next.delete('in'); else next.set('in', text);
      return next;
    }, { replace: true });
    const ended = await run(inputs);
    if (!ended) return;
    if (ended.error === undefined) tell(`${service.name}: ${texts.run.doneIn(formatDuration(ended.duration))}`);
    const name = ended.error === undefined ? undefined : blamed(service, sentenceOf(ended.error));
    if (name !== undefined) setError(name, sentenceOf(ended.error));
  };
  useShortcut({ keys: 'Ctrl+Enter', does: texts.run.execute, inFields: true }, () => void execute());

  const form = useRef<HTMLFormElement>(null);
  // The dialog gives the focus to its first button; what is wanted first is the first input, or Execute where there is none.
  useEffect(() => {
    const frame = requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, [role=combobox], [type=submit]')?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);

  const isWide = service.parameters.some(field => field.baseType === 'INFOTABLE');
  return (
    <Dialog open onOpenChange={(_, { open }) => { if (!open) onClose(); }}>
      <DialogSurface className={css.surface} aria-label={texts.run.title(service.name)}>
        <div className={css.body}>
          <div className={css.head}>
            <h2>{texts.run.title(service.name)}</h2><span className="hint">{texts.run.on(entity.name)}</span><div className="grow" />
            <Button appearance="subtle" icon={<DismissRegular />} aria-label={texts.actions.close} title={texts.actions.close} onClick={onClose} />
          </div>
          <div className={css.panes} data-wide={isWide || undefined}>
            <form ref={form} noValidate className={css.inputs} onSubmit={event => { event.preventDefault(); void execute(); }}>
              <div className={css.fields}>
                <h3>{texts.run.inputs}</h3>
                {service.description !== '' && <div className="hint">{service.description}</div>}
                {refusal !== undefined && <ErrorBar error={refusal} isBare />}
                <InputForm entity={entity} service={service} inputs={inputs} errors={errors} onInput={setInput} onError={setError} />
                <EarlierRuns of={runKey(entity, service)} service={service} onRefill={fill} />
              </div>
              <div className={css.foot}>
                <Button type="submit" appearance="primary" icon={<PlayFilled />} disabled={isRunning || refusal !== undefined} title={refusal}>{isRunning ? texts.run.running : texts.run.execute}</Button>
                {isRunning ? <Button appearance="subtle" onClick={stop}>{texts.run.stop}</Button> : <kbd>Ctrl Enter</kbd>}
                <Button appearance="subtle" aria-pressed={showsCode} onClick={() => setShowsCode(!showsCode)}>{texts.run.asCode}</Button>
              </div>
            </form>
            <div className={css.output}>
              {showsCode
                ? <CodeView call={{ origin: location.origin, collection: entity.kind, entity: entity.name, service, inputs }} />
                : outcome === undefined
                  ? isRunning ? <RowSkeletons /> : <EmptyState title={texts.run.waiting} />
                  : <ResultView outcome={outcome} name={`${entity.name}.${service.name}`} otherServer={remote} inputs={ran} />}
            </div>
          </div>
        </div>
      </DialogSurface>
    </Dialog>
  );
}
