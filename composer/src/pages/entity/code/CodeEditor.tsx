import { lazy, Suspense } from 'react';
import { RowSkeletons } from '../../../parts/Skeletons';
import type { ScriptEditorProperties } from './ScriptEditor';

const ScriptEditor = lazy(() => import('./ScriptEditor'));

/** Edits a script; the editor and its language service are fetched when the first one shows. */
export const CodeEditor = (properties: ScriptEditorProperties) => <Suspense fallback={<RowSkeletons height={20} />}><ScriptEditor {...properties} /></Suspense>;
