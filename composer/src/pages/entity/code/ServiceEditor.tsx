import { Button, Checkbox, Input, Textarea } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { EntityDocument } from '../../../api/entities';
import type { ServiceDefinition } from '../../../api/definitions';
import { membersOf } from '../../../api/members';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { useShortcut } from '../../../frame/shortcuts';
import { EmptyState } from '../../../parts/EmptyState';
import { sentenceOf } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { texts } from '../../../texts';
import { fieldOfForm } from '../members/fieldForm';
import { fieldOf, membersIn } from '../members/memberDraft';
import css from '../members/members.module.css';
import { bindingGroups } from '../properties/bindingDraft';
import { lineFaultOf, type LineFault } from './failure';
import { BaseTypeSelect, FieldDetails, ParametersEditor } from './ParametersEditor';
import { blamed, type Inputs } from '../services/run/inputs';
import { useRun } from '../services/run/useRun';
import { RunPane } from './RunPane';
import { ScriptPage } from './ScriptPage';
import { serviceGroup, type ServiceForm } from './serviceDraft';
import { useDeclarations } from './useScriptWorld';
import { useScriptCheck } from './useScriptCheck';

const words = texts.code;

/** A service of an entity's own: script, definition, test run. */
export function ServiceEditor({ entity, name }: { entity: EntityDocument; name: string }) {
  const draft = useEntityDraft();
  const navigate = useNavigate();
  const list = `${entityKey(entity.kind, entity.name)}/services`;
  const member = membersIn(draft, serviceGroup).find(one => one.name === name);
  if (!member) return <EmptyState title={words.noService(entity.name, name)} hint={words.noServiceHint} action={{ label: words.toServices, run: () => void navigate(list) }} />;
  return <Known key={name} entity={entity} name={name} member={member} list={list} />;
}

function Known({ entity, name, member, list }: { entity: EntityDocument; name: string; member: ReturnType<typeof membersIn<ServiceForm>>[number]; list: string }) {
  const draft = useEntityDraft();
  const navigate = useNavigate();
  const form = member.value;
  const field = fieldOf(serviceGroup, name);
  const isRemote = bindingGroups.some(group => group.id === 'remoteService' && name in group.read(entity));
  const isFixed = draft.readOnly !== undefined || member.state === 'removed';
  const put = (change: Partial<ServiceForm>) => { setFailure(undefined); draft.set(field, { ...form, ...change }); };
  const [inputs, setInputs] = useState<Inputs>({});
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<LineFault>();
  const [isSaving, setIsSaving] = useState(false);
  const script = `${entity.name}.${name}`;
  const typed = useScriptCheck(form.code, !isFixed && member.state !== 'same');
  const refused = useMemo(() => (member.error === undefined ? undefined : lineFaultOf(member.error, script) ?? member.error), [member.error, script]);
  const declarations = useDeclarations(membersOf(entity), form.code, form.parameters, form.result.baseType);

  const service = useMemo((): ServiceDefinition => ({
    name, description: form.description, category: form.category, source: { type: entity.type, name: entity.name }, isOverridable: form.isAllowOverride, isRelayed: false, isAsync: form.isAsync,
    parameters: form.parameters.map(fieldOfForm), result: fieldOfForm(form.result),
  }), [entity.name, entity.type, name, form]);
  const hindrance = entity.kind !== 'Things' ? words.onlyThings : entity.all['enabled'] !== true ? words.notRunning(entity.name) : member.state === 'removed' ? texts.members.goesOnSave : undefined;
  const savesFirst = member.state === 'new' || member.state === 'changed';
  const runs = useRun(entity, service);
  const isBusy = isSaving || runs.isRunning;
  const start = async () => {
    if (hindrance !== undefined || isBusy || (savesFirst && draft.readOnly !== undefined)) return;
    setFailure(undefined);
    if (savesFirst) {
      // The server runs what it has: what is edited is saved first.
      setIsSaving(true);
      const errors = await draft.save();
      setIsSaving(false);
      if (!errors || field in errors) return;
    }
    const outcome = await runs.run(inputs);
    if (outcome?.error === undefined) return;
    const sentence = sentenceOf(outcome.error);
    setFailure(lineFaultOf(sentence, script));
    const parameter = blamed(service, sentence);
    if (parameter !== undefined) setWrong({ [parameter]: sentence });
  };
  useShortcut({ keys: 'Ctrl+Enter', does: words.run, inFields: true }, () => void start());

  const remove = () => {
    draft.set(field, null);
    if (member.state === 'new') void navigate(list);
  };
  const isOverride = membersOf(entity).services.some(one => one.name === name && !one.isOwn);
  return (
    <ScriptPage
      title={name} back={{ to: list, label: words.toServices }} state={member.state} label={words.scriptOf(script)} value={form.code} onChange={code => put({ code })} isReadOnly={isFixed || isRemote}
      fault={failure ?? refused ?? typed} declarations={declarations} onRun={() => void start()}
      actions={draft.readOnly === undefined && (member.state === 'removed'
        ? <Button size="small" icon={<ArrowUndoRegular />} onClick={() => draft.set(field, member.value)}>{texts.members.keep}</Button>
        : <Button size="small" icon={<DeleteRegular />} onClick={remove}>{isOverride ? words.removeOverride : words.removeService}</Button>)}
      aside={
        <>
          {isRemote && <p className={css.reason}>{words.answeredThere}</p>}
          <FormField label={texts.properties.description}><Textarea rows={2} resize="vertical" readOnly={isFixed} value={form.description} onChange={(_, data) => put({ description: data.value })} /></FormField>
          <FormField label={texts.properties.category}><Input readOnly={isFixed} value={form.category} onChange={(_, data) => put({ category: data.value })} /></FormField>
          <section className={css.section}><h3>{words.parameters}</h3><ParametersEditor parameters={form.parameters} isReadOnly={isFixed} onChange={parameters => put({ parameters })} /></section>
          <section className={css.section}>
            <h3>{words.result}</h3>
            <BaseTypeSelect label={words.resultType} value={form.result.baseType} isReadOnly={isFixed} hasNothing onChange={baseType => put({ result: { ...form.result, baseType } })} />
            {form.result.baseType !== 'NOTHING' && <FieldDetails field={form.result} isReadOnly={isFixed} onChange={change => put({ result: { ...form.result, ...change } })} />}
          </section>
          <section className={css.section}>
            <h3>{words.how}</h3>
            {(['isAsync', 'isPrivate', 'isLocalOnly', 'isAllowOverride'] as const).map(flag => <Checkbox key={flag} label={words.flags[flag]} checked={form[flag]} disabled={isFixed} onChange={(_, data) => put({ [flag]: data.checked === true })} />)}
          </section>
        </>
      }
      foot={isRemote ? undefined : (
        <RunPane
          entity={entity} service={service} inputs={inputs} errors={wrong} outcome={runs.outcome} isRunning={isBusy} hindrance={hindrance} savesFirst={savesFirst} onRun={() => void start()}
          onInput={(input, value) => { setInputs(({ [input]: _, ...others }) => (value === undefined ? others : { ...others, [input]: value })); setWrong(({ [input]: _, ...others }) => others); }}
          onError={(input, sentence) => setWrong(({ [input]: _, ...others }) => (sentence === undefined ? others : { ...others, [input]: sentence }))}
        />
      )}
    />
  );
}
