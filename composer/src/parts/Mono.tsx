import type { PropsWithChildren } from 'react';

/** An identifier, address or piece of code. */
export const Mono = ({ children, dim = false }: PropsWithChildren<{ dim?: boolean }>) => <span className={dim ? 'mono dim' : 'mono'}>{children}</span>;
