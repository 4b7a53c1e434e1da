import { Button } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { Facts } from '../../../parts/Facts';
import { FormField } from '../../../parts/FormField';
import { TableView } from '../../../parts/TableView';
import { ValueInput } from '../../../parts/ValueInput';
import { valueText } from '../../../parts/valueText';
import type { InfoTable, Json } from '../../../api/infotable';
import { resultOf } from '../../../api/infotable';
import { texts } from '../../../texts';
import type { FieldForm } from '../members/fieldForm';
import css from './RunPane.module.css';

/** What a run gave, and how long it took, ms. */
export interface Run { readonly table: InfoTable; readonly took: number }

interface Properties {
  parameters: readonly FieldForm[];
  result: FieldForm;
  inputs: Readonly<Record<string, Json>>;
  onInput: (name: string, value: Json) => void;
  run: Run | undefined;
  isRunning: boolean;
  /** Why it cannot run. */
  hindrance: string | undefined;
  /** Whether something has to be saved before. */
  savesFirst: boolean;
  onRun: () => void;
}

const words = texts.code;

/** A test run: inputs by type, the result. */
export function RunPane({ parameters, result, inputs, onInput, run, isRunning, hindrance, savesFirst, onRun }: Properties) {
  const value = run && resultOf(run.table);
  return (
    <section className={css.pane} aria-label={words.run}>
      <div className={css.inputs}>
        {parameters.map(one => (
          <FormField key={one.name} label={`${one.name} · ${one.baseType}`} hint={one.description || undefined} isRequired={one.isRequired}>
            <ValueInput baseType={one.baseType} value={inputs[one.name] ?? one.defaultValue} onChange={next => onInput(one.name, next)} />
          </FormField>
        ))}
        <div className={css.go}>
          <Button appearance="primary" size="small" icon={<PlayRegular />} disabled={hindrance !== undefined || isRunning} title={hindrance} onClick={onRun}>{savesFirst ? words.saveAndRun : words.run}</Button>
          <kbd>Ctrl Enter</kbd>
          <span className="hint">{hindrance ?? (savesFirst ? words.savesFirst : '')}</span>
        </div>
      </div>
      <div className={css.result} aria-live="polite">
        {isRunning && <p className="hint">{words.running}</p>}
        {!isRunning && run && (
          <>
            <p className="hint">{result.baseType === 'INFOTABLE' ? words.tookRows(run.table.rows.length, run.took) : words.took(run.took)}</p>
            {result.baseType === 'INFOTABLE' ? <div className={css.table}><TableView id="test-run" label={words.result} table={run.table} /></div>
              : result.baseType === 'NOTHING' ? <p className="dim">{words.gaveNothing}</p>
                : <Facts facts={[[words.result, <pre key="value" className={css.value} data-testid="result">{typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : valueText(value, result.baseType) || texts.properties.empty}</pre>]]} />}
          </>
        )}
      </div>
    </section>
  );
}
