import { browse } from './texts/browse';
import { code, subscriptions } from './texts/code';
import { create } from './texts/create';
import { entity, general, history } from './texts/entity';
import { frame, home, keys, login, missing, palette, recent, search } from './texts/frame';
import { groups, kinds } from './texts/kinds';
import { bindings, members, properties, values } from './texts/members';
import { actions, errors, grid, picker, states, tags, words } from './texts/shared';

/**
 * Every word that a person reads, by area. What depends on a number is a function; numbers, dates and plurals are made by Intl.
 * An area is a file of texts/ and a line here.
 */
export const texts = { ...words, actions, bindings, browse, code, create, entity, errors, frame, general, grid, groups, history, home, keys, kinds, login, members, missing, palette, picker, properties, recent, search, states, subscriptions, tags, values };
