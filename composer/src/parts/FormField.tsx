import { Field, type FieldProps } from '@fluentui/react-components';
import css from './FormField.module.css';
import { texts } from '../texts';

interface Properties {
  label: string;
  hint?: string | undefined;
  /** What is wrong and what would be right. */
  error?: string | undefined;
  isRequired?: boolean | undefined;
  /** It differs from what is saved. */
  isChanged?: boolean;
  children: FieldProps['children'];
}

/** A labelled field: says that it is changed, and what is wrong with it. */
export function FormField({ label, hint, error, isRequired = false, isChanged = false, children }: Properties) {
  return (
    <Field
      size="small" required={isRequired} label={{ children: <>{label}{isChanged && <span className={css.changed}>{texts.changed}</span>}</> }} hint={hint}
      {...(error === undefined ? {} : { validationState: 'error', validationMessage: error })}
    >
      {children}
    </Field>
  );
}
