import { Button, type ButtonProps } from '@fluentui/react-components';
import css from './DangerButton.module.css';

/** A button that destroys something; its words name what. */
export const DangerButton = ({ className, ...rest }: Omit<ButtonProps, 'appearance'>) => <Button {...rest as ButtonProps} className={[css.danger, className].filter(Boolean).join(' ')} />;
