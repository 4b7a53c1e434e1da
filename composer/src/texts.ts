import { browse } from './texts/browse';
import { code, subscriptions } from './texts/code';
import { configuration, subscriber } from './texts/configuration';
import { create } from './texts/create';
import { data, pages } from './texts/data';
import { entity, general, history } from './texts/entity';
import { federation } from './texts/federation';
import { fields } from './texts/fields';
import { frame, keys, login, missing, palette, recent, search } from './texts/frame';
import { alerts, events } from './texts/happenings';
import { home } from './texts/home';
import { groups, kinds } from './texts/kinds';
import { bindings, members, properties } from './texts/members';
import { monitoring } from './texts/monitoring';
import { permissions, relationships, rights } from './texts/permissions';
import { security } from './texts/security';
import { run, services } from './texts/services';
import { actions, errors, grid, panel, picker, states, tags, words } from './texts/shared';
import { transfer } from './texts/transfer';
import { values } from './texts/values';

/**
 * Every word that a person reads, by area. What depends on a number is a function; numbers, dates and plurals are made by Intl.
 * An area is a file of texts/ and a line here.
 */
export const texts = { ...words, actions, alerts, bindings, browse, code, configuration, create, data, entity, errors, events, federation, fields, frame, general, grid, groups, history, home, keys, kinds, login, members, missing, monitoring, pages, palette, panel, permissions, picker, properties, recent, relationships, rights, run, search, security, services, states, subscriber, subscriptions, tags, transfer, values };
