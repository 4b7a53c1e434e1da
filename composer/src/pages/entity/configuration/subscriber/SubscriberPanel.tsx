import { Button } from '@fluentui/react-components';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { useState } from 'react';
import { defaultOf } from '../../../../api/configuration';
import { text, type Json } from '../../../../api/infotable';
import { entityKey, useEntityDraft } from '../../../../app/entityDraft';
import { keepSecret, secretOf, storedSecret, typedSecret } from '../../../../app/secrets';
import { usePanelDraft } from '../../../../app/panelDraft';
import { usePanelNeedsRoom } from '../../../../frame/panelRoom';
import { sentenceOf } from '../../../../parts/ErrorBar';
import { SidePanel } from '../../../../parts/SidePanel';
import { texts } from '../../../../texts';
import { rowName } from '../names';
import type { RowPanelProperties } from '../RowPanel';
import { PublicationPreview } from './PublicationPreview';
import { StepMark } from './Steps';
import css from './Subscriber.module.css';
import { SubscriberForm, type Keys } from './SubscriberForm';
import { isServerUri, testSubscriber, type Step } from './useSubscriberTest';

type Outcome = { readonly of: string } & ({ readonly steps: readonly Step[] } | { readonly error: string });

/** Adds or edits a subscriber: the form, what comes of the test, and what the other server will see. Add takes it over; Save of the page saves it. */
export function SubscriberPanel({ entity, table, row: name, onClose }: RowPanelProperties) {
  usePanelNeedsRoom();
  const words = texts.subscriber;
  const draft = useEntityDraft();
  const document = entityKey(entity.kind, entity.name);
  const isNew = name === 'new';
  const before = (isNew ? undefined : draft.values[rowName(table.name, name)]) as Record<string, Json> | undefined;
  const [keys, setKeys] = useState<Keys>({ key: '', again: '', proxyPassword: '' });
  const typed = usePanelDraft(
    `${document}/${table.name}/${name}`, () => before ?? { ...Object.fromEntries(table.fields.map(field => [field.name, defaultOf(field)])), serverURI: '', publishAsUser: '' },
    Object.values(keys).some(key => key !== ''),
  );
  const row = typed.values as Record<string, Json>;
  const close = () => typed.leave(onClose);
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const [isTesting, setIsTesting] = useState(false);

  const server = text(row, 'name').trim();
  const [uri, user] = [text(row, 'serverURI').trim(), text(row, 'publishAsUser').trim()];
  const isTaken = isNew && draft.values[rowName(table.name, server)] !== undefined && draft.values[rowName(table.name, server)] !== null;
  const hasKey = keys.key !== '' ? keys.key === keys.again : before !== undefined && text(before, 'applicationKey') !== '';
  const isComplete = server !== '' && !/\s/.test(server) && !isTaken && isServerUri(uri) && hasKey && user !== '';
  // What was typed earlier and waits for Save is in memory only.
  const sent = (field: string, typed: string): Json => typed !== '' ? typed : text(before, field) === typedSecret ? secretOf(document, `${rowName(table.name, name)}/${field}`) ?? '' : text(before, field) === '' ? null : storedSecret;
  const asked = JSON.stringify([row, keys]);

  const test = async () => {
    setIsTesting(true);
    try {
      setOutcome({ of: asked, steps: await testSubscriber(table, { ...row, name: server, serverURI: uri, applicationKey: sent('applicationKey', keys.key), proxyPassword: sent('proxyPassword', keys.proxyPassword) }) });
    } catch (error) {
      setOutcome({ of: asked, error: sentenceOf(error) });
    }
    setIsTesting(false);
  };
  const take = () => {
    const field = rowName(table.name, server);
    for (const [one, secret] of [['applicationKey', keys.key], ['proxyPassword', keys.proxyPassword]] as const) if (secret !== '') keepSecret(document, `${field}/${one}`, secret);
    draft.set(field, {
      ...row, name: server, serverURI: uri, publishAsUser: user,
      ...(keys.key === '' ? {} : { applicationKey: typedSecret }), ...(keys.proxyPassword === '' ? {} : { proxyPassword: typedSecret }),
    });
    typed.forget();
    onClose();
  };
  const title = isNew ? words.addTitle : words.editTitle(name);
  const canTest = server !== '' && isServerUri(uri) && hasKey && !isTesting;
  return (
    <SidePanel
      title={title} label={title} isWide onClose={close}
      foot={(
        <>
          <Button icon={<PlugConnectedRegular />} style={{ flex: 'none', whiteSpace: 'nowrap' }} disabled={!canTest} title={canTest ? undefined : words.testNeeds} onClick={() => void test()}>{words.test}</Button>
          <span className={css.result} role="status">{isTesting ? words.testing : outcome?.of === asked && <Result outcome={outcome} />}</span>
          <Button appearance="primary" style={{ minWidth: 84 }} disabled={!isComplete || draft.readOnly !== undefined} onClick={take}>{isNew ? texts.configuration.add : texts.configuration.take}</Button>
          <Button style={{ minWidth: 84 }} onClick={close}>{texts.actions.cancel}</Button>
        </>
      )}
    >
      <div className={css.panel} data-first>
        <SubscriberForm table={table} row={row} keys={keys} isNew={isNew} isTaken={isTaken} hasStoredKey={before !== undefined && text(before, 'applicationKey') !== ''} onRow={typed.set} onKeys={setKeys} />
        <PublicationPreview server={server} user={user} />
      </div>
    </SidePanel>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  if ('error' in outcome) return <><StepMark result="failed" /><span style={{ color: 'var(--s-down-fg)' }}>{outcome.error}</span></>;
  const failed = outcome.steps.find(step => step.result === 'failed');
  const shown = failed ? [failed] : outcome.steps.filter(step => step.step === 'signIn' || step.step === 'publication');
  const result = failed ? 'failed' : shown.some(step => step.result === 'warned') ? 'warned' : 'passed';
  const took = outcome.steps.reduce((sum, step) => sum + step.duration, 0);
  return <><StepMark result={result} /><span>{[...shown.map(step => step.text), texts.subscriber.tested(took)].filter(Boolean).join(' · ')}</span></>;
}
