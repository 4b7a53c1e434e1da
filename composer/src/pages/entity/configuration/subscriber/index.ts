export { SubscriberPanel } from './SubscriberPanel';
export { useSubscriberColumns } from './columns';

/** The word of the subscribers in the address. */
export const subscribersWord = 'subscribers';

/** Whether a table is the one that says whom this server publishes to. */
export const isSubscribers = (entity: string, table: string): boolean => entity === 'FederationSubsystem' && table === 'FederationSubscribers';
