// This module is loaded when code is shown first.
import * as monaco from 'monaco-editor/editor/editor.api.js';
// All features at once: the language service brings them later, when the editor takes no new services any more.
import 'monaco-editor/internal/common/workers.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import { javascriptDefaults } from 'monaco-editor/languages/features/typescript/register.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import ScriptWorker from 'monaco-editor/language/typescript/ts.worker.js?worker';
import { dark, light } from '../../../app/theme';

self.MonacoEnvironment = { getWorker: (_, label) => (label === 'javascript' || label === 'typescript' ? new ScriptWorker() : new EditorWorker()) };

// The server alone judges scripts: its dialect is not quite any other. The language service completes and explains.
javascriptDefaults.setDiagnosticsOptions({ noSemanticValidation: true, noSyntaxValidation: true, noSuggestionDiagnostics: true });
javascriptDefaults.setCompilerOptions({ target: 99, allowNonTsExtensions: true, allowJs: true, lib: ['es2020'] });
javascriptDefaults.setEagerModelSync(true);

/** What scripts know here: declarations in TypeScript, of the one script that is edited. */
export const declare = (declarations: string): void => javascriptDefaults.setExtraLibs([{ content: declarations, filePath: 'inmemory://hansa/script.d.ts' }]);

const rules = (theme: typeof light, colours: { keyword: string; text: string; number: string; comment: string; type: string }) => [
  { token: '', foreground: bare(theme.colorNeutralForeground1) }, { token: 'keyword', foreground: bare(colours.keyword), fontStyle: 'bold' }, { token: 'string', foreground: bare(colours.text) },
  { token: 'number', foreground: bare(colours.number) }, { token: 'regexp', foreground: bare(colours.text) }, { token: 'comment', foreground: bare(colours.comment), fontStyle: 'italic' },
  { token: 'type', foreground: bare(colours.type) }, { token: 'delimiter', foreground: bare(theme.colorNeutralForeground2) },
];

const bare = (colour: string) => colour.replace('#', '');

const surfaces = (theme: typeof light) => ({
  'editor.background': theme.colorNeutralBackground1, 'editor.foreground': theme.colorNeutralForeground1, 'editorGutter.background': theme.colorNeutralBackground2,
  'editorLineNumber.foreground': theme.colorNeutralForeground3, 'editorLineNumber.activeForeground': theme.colorNeutralForeground1, 'editor.lineHighlightBackground': theme.colorNeutralBackground1Hover,
  'editor.lineHighlightBorder': '#00000000', 'editorCursor.foreground': theme.colorBrandForeground1, 'editor.selectionBackground': `${theme.colorBrandForeground1}40`,
  'editorIndentGuide.background1': theme.colorNeutralStroke3, 'editorWidget.background': theme.colorNeutralBackground1, 'editorWidget.foreground': theme.colorNeutralForeground1,
  'editorWidget.border': theme.colorNeutralStroke1, 'editorSuggestWidget.background': theme.colorNeutralBackground1, 'editorSuggestWidget.border': theme.colorNeutralStroke1,
  'editorSuggestWidget.foreground': theme.colorNeutralForeground1, 'editorSuggestWidget.selectedBackground': theme.colorNeutralBackground1Selected, 'editorSuggestWidget.selectedForeground': theme.colorNeutralForeground1,
  'editorSuggestWidget.highlightForeground': theme.colorBrandForeground1, 'editorSuggestWidget.focusHighlightForeground': theme.colorBrandForeground1, 'editorHoverWidget.background': theme.colorNeutralBackground1,
  'editorHoverWidget.border': theme.colorNeutralStroke1, 'editorError.foreground': theme.colorStatusDangerForeground1, 'input.background': theme.colorNeutralBackground1, 'input.border': theme.colorNeutralStroke1,
  'focusBorder': theme.colorBrandForeground1, 'list.hoverBackground': theme.colorNeutralBackground1Hover, 'scrollbarSlider.background': `${theme.colorNeutralForeground3}40`,
});

monaco.editor.defineTheme('hansa-light', { base: 'vs', inherit: true, rules: rules(light, { keyword: '#0F6480', text: '#7A4A12', number: '#6A5AA0', comment: '#566570', type: '#5B6B2F' }), colors: surfaces(light) });
monaco.editor.defineTheme('hansa-dark', { base: 'vs-dark', inherit: true, rules: rules(dark, { keyword: '#7BC0D9', text: '#E79A66', number: '#B3A4E6', comment: '#98A6B0', type: '#B0C46A' }), colors: surfaces(dark) });

export { monaco };
